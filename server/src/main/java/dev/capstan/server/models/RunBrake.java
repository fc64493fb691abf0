package dev.capstan.server.models;

import dev.capstan.control.CommandLoop;
import dev.capstan.control.Envelope;
import dev.capstan.core.Actor;
import dev.capstan.core.Amount;
import dev.capstan.core.StepId;
import dev.capstan.core.account.Purpose;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunCommand;
import dev.capstan.core.run.WrapUp;
import dev.capstan.models.records.Asker;
import dev.capstan.models.spending.Brake;

/** Instructs the step, or halts the run; one that is in no state for it has no work to be told. */
public final class RunBrake implements Brake {
  private final CommandLoop loop;

  public RunBrake(CommandLoop loop) {
    this.loop = loop;
  }

  @Override
  public void wrapUp(Asker asker, Amount left) {
    if (asker.purpose() == Purpose.WORK && !asker.step().isEmpty()) {
      var _ =
          loop.submit(
              envelope(
                  asker,
                  new RunCommand.Instruct(
                      new StepId(asker.step()), WrapUp.toAttempt(asker.attempt(), left))));
    }
  }

  @Override
  public void park(Asker asker, String why) {
    var _ = loop.submit(envelope(asker, new RunCommand.Halt(Run.Hold.BUDGET, why))).join();
  }

  private static Envelope envelope(Asker asker, RunCommand command) {
    return new Envelope(
        asker.run(), command, Actor.SYSTEM, "budget", "budget", new Envelope.Condition.None());
  }
}
