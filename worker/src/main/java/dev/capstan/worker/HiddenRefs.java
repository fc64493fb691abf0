package dev.capstan.worker;

import dev.capstan.core.RunId;
import dev.capstan.core.StepId;

/** The refs under which nothing is lost; no branch listing shows them. */
final class HiddenRefs {
  private HiddenRefs() {}

  /** What an attempt has made. */
  static String made(RunId run, StepId step, int attempt) {
    return attempt(run, step, attempt) + "/1";
  }

  /** The same, with all that a formatter did to it. */
  static String formatted(RunId run, StepId step, int attempt) {
    return attempt(run, step, attempt) + "/2";
  }

  /** What one of several has made that tried an attempt side by side. */
  static String contestant(RunId run, StepId step, int attempt, int number) {
    return attempt(run, step, attempt) + "/contestant-" + number;
  }

  /** What an attempt had made when each of its turns ended: their number follows, from 1. */
  static String turns(RunId run, StepId step, int attempt) {
    return attempt(run, step, attempt) + "/turn-";
  }

  private static String attempt(RunId run, StepId step, int attempt) {
    return "refs/capstan/" + run + '/' + step + '/' + attempt;
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
