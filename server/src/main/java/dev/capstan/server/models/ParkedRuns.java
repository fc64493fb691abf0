package dev.capstan.server.models;

import dev.capstan.control.CommandLoop;
import dev.capstan.control.Envelope;
import dev.capstan.core.Actor;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunCommand;
import dev.capstan.models.records.Asker;
import dev.capstan.models.spending.Parking;

/** Halts the run; one that is in no state for it has no work that could be stopped. */
public final class ParkedRuns implements Parking {
  private final CommandLoop loop;

  public ParkedRuns(CommandLoop loop) {
    this.loop = loop;
  }

  @Override
  public void park(Asker asker, String why) {
    var _ =
        loop.submit(
                new Envelope(
                    asker.run(),
                    new RunCommand.Halt(Run.Hold.BUDGET, why),
                    Actor.SYSTEM,
                    "budget",
                    "budget",
                    new Envelope.Condition.None()))
            .join();
  }
}
