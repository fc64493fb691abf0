package dev.capstan.worker;

import dev.capstan.core.CommitId;
import dev.capstan.core.RunId;
import dev.capstan.core.run.Run;

/** The commit that a run at work started from: what a person has agreed to. */
final class BaseCommit {
  private BaseCommit() {}

  static CommitId of(Workshop workshop, RunId id) {
    Run.Known run =
        workshop
            .runs()
            .find(id)
            .orElseThrow(() -> TaskFailed.terminal("run " + id + " is not known"))
            .run();
    return switch (run) {
      case Run.Working working -> working.base().commit();
      case Run.Paused(Run.Working working, _) -> working.base().commit();
      case Run.Blocked(Run.Working working, _) -> working.base().commit();
      case Run.Known other -> throw TaskFailed.terminal("run " + id + " is " + other.status());
    };
  }
}
