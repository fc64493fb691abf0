package dev.capstan.api;

import java.util.Locale;

/** What people can ask of a run. */
public enum Action {
  START,
  APPROVE,
  REJECT,
  RETRY,
  /** A step that was given up is tried again, from what its last attempt has left. */
  CONTINUE,
  SKIP,
  /** The comment is the answer to what a step asked. */
  ANSWER,
  /** The comment is told to the engine at work on the step, and to those that try it later. */
  INSTRUCT,
  /** What a person is asked about is measured once more. */
  VERIFY,
  /** The branch goes back to before the step, and the run on from there. */
  RERUN,
  /** What is verified is delivered, and the rest given up. */
  DELIVER,
  /** A paused run goes on for one step. */
  NEXT,
  /** Everything of the run is stopped at once. */
  HALT,
  /** A run that was halted goes on. */
  LIFT,
  /** The run pauses once the step is done. */
  STOP_AFTER,
  /** The run no longer pauses there. */
  GO_ON_AFTER,
  PAUSE,
  RESUME,
  CANCEL;

  /** The last segment of its address. */
  public String path() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
