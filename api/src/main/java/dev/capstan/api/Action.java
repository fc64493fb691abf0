package dev.capstan.api;

import java.util.Locale;

/** What people can ask of a run. */
public enum Action {
  START,
  APPROVE,
  REJECT,
  RETRY,
  SKIP,
  /** The comment is the answer to what a step asked. */
  ANSWER,
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
