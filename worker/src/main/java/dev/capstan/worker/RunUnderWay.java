package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.core.run.Run;

/** The run whose step is being carried out. */
final class RunUnderWay {
  private RunUnderWay() {}

  /** Throws {@link TaskFailed} if it is not known or works no more. */
  static Run.Working of(Workshop workshop, LeasedTask leased) {
    Run.Known run =
        workshop
            .runs()
            .find(leased.run())
            .orElseThrow(() -> TaskFailed.terminal("run " + leased.run() + " is not known"))
            .run();
    return switch (run) {
      case Run.Working working -> working;
      case Run.Paused(Run.Working working, _, _) -> working;
      case Run.Blocked(Run.Working working, _) -> working;
      case Run.Known other ->
          throw TaskFailed.terminal("run " + leased.run() + " is " + other.status());
    };
  }
}
