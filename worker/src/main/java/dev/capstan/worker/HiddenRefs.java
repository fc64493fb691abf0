package dev.capstan.worker;

import dev.capstan.core.CommitId;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;

/** The refs under which nothing is lost; no branch listing shows them. */
final class HiddenRefs {
  private HiddenRefs() {}

  /** What an attempt had made when its turn ended. */
  static String turn(RunId run, StepId step, int attempt, int turn) {
    return "refs/capstan/" + run + '/' + step + '/' + attempt + '/' + turn;
  }

  /** What an attempt had made of that commit when it was stopped in the middle. */
  static String parked(RunId run, StepId step, int attempt, CommitId from) {
    return "refs/capstan/" + run + '/' + step + '/' + attempt + "/parked-" + from;
  }

  /** What an attempt had made when it tested it, counted from 1. */
  static String tested(RunId run, StepId step, int attempt, int count) {
    return "refs/capstan/" + run + '/' + step + '/' + attempt + "/tested-" + count;
  }

  /** What one of several had made that tried an attempt side by side. */
  static String contestant(RunId run, StepId step, int attempt, int number) {
    return "refs/capstan/" + run + '/' + step + '/' + attempt + "/contestant-" + number;
  }

  /** The run's branch. */
  static String tip(RunId run) {
    return "refs/capstan/" + run + "/tip";
  }

  /** What lay in a folder that nobody worked in any more. */
  static String rescue(String folder) {
    return "refs/capstan/rescue/" + folder;
  }
}
