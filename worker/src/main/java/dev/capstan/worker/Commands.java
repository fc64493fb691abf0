package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.sandbox.Bind;
import dev.capstan.sandbox.Confinement;
import dev.capstan.sandbox.Network;
import dev.capstan.sandbox.Outcome;
import dev.capstan.sandbox.OutputListener;
import dev.capstan.verification.Reports.CommandResult;
import dev.capstan.verification.Reports.CommandResult.Ending;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs commands of one task in the sandbox, and says in the log which. */
final class Commands {
  private final Workshop workshop;
  private final Journal journal;
  private final LeasedTask leased;

  Commands(Workshop workshop, Journal journal, LeasedTask leased) {
    this.workshop = workshop;
    this.journal = journal;
    this.leased = leased;
  }

  /**
   * What a command sees.
   *
   * @param folder where it starts
   */
  record Surroundings(
      Path folder, List<Bind> binds, Map<String, String> environment, Network network) {
    Surroundings {
      binds = List.copyOf(binds);
      environment = Map.copyOf(environment);
    }
  }

  CommandResult run(
      List<String> argv, Surroundings surroundings, Duration limit, OutputListener output)
      throws InterruptedException {
    journal.note("$ " + String.join(" ", argv));
    Confinement confinement =
        new Confinement(
            leased.run() + "/" + leased.task().key(),
            argv,
            surroundings.folder(),
            surroundings.binds(),
            surroundings.environment(),
            surroundings.network(),
            workshop.limits().withTime(limit));
    long started = System.nanoTime();
    Outcome outcome = workshop.sandbox().run(confinement, output);
    return result(outcome, Duration.ofNanos(System.nanoTime() - started));
  }

  private CommandResult result(Outcome outcome, Duration took) throws InterruptedException {
    Ending ending =
        switch (outcome) {
          case Outcome.Exited(var code, _) -> new Ending.Ended(code);
          case Outcome.TimedOut(var limit) -> new Ending.TimedOut(limit);
          case Outcome.LimitExceeded(var limit, var detail) ->
              new Ending.NotStarted("limit on " + limit + " exceeded: " + detail);
          case Outcome.NotStarted(var reason) -> new Ending.NotStarted(reason);
          case Outcome.Stopped _ -> throw new InterruptedException();
        };
    return new CommandResult(ending, took, journal.lastLines());
  }
}
