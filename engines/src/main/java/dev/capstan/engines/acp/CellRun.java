package dev.capstan.engines.acp;

import dev.capstan.engines.watch.Stuck;
import dev.capstan.engines.watch.Watch;
import dev.capstan.sandbox.Confinement;
import dev.capstan.sandbox.Outcome;
import dev.capstan.sandbox.OutputListener;
import dev.capstan.sandbox.Sandbox;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One command of an agent in its sandbox, on a thread of its own, so that whoever waits for it can
 * look whether it still gets anywhere. For one thread.
 */
final class CellRun {
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Watch watch;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final Thread runner;

  /** The agent gets nowhere. */
  static final class GotStuck extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final Stuck what;

    GotStuck(Stuck what) {
      this.what = what;
    }

    Stuck what() {
      return what;
    }
  }

  /**
   * Starts it at once.
   *
   * @param afterwards is run when nothing of it runs any more, on its thread
   */
  CellRun(
      String agent,
      Sandbox sandbox,
      Confinement confinement,
      OutputListener output,
      Watch watch,
      Runnable afterwards) {
    this.watch = watch;
    this.runner =
        Thread.ofVirtual()
            .name("agent " + agent)
            .start(() -> run(sandbox, confinement, output, afterwards));
  }

  private void run(
      Sandbox sandbox, Confinement confinement, OutputListener output, Runnable afterwards) {
    try {
      outcome.complete(sandbox.run(confinement, output));
    } catch (RuntimeException | Error failure) {
      outcome.completeExceptionally(failure);
    } finally {
      afterwards.run();
    }
  }

  /** How it ends. */
  CompletableFuture<Outcome> outcome() {
    return outcome;
  }

  /**
   * Waits for an answer, and looks now and then.
   *
   * @param looking is run each time, before anything else
   * @throws GotStuck if the agent gets nowhere, or the time is over
   */
  <T> T await(CompletableFuture<T> answer, Duration atMost, Runnable looking)
      throws InterruptedException, ExecutionException {
    long end = System.nanoTime() + atMost.toNanos();
    while (true) {
      try {
        return answer.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException _) {
        looking.run();
        watch
            .look(System.nanoTime())
            .or(() ->
                System.nanoTime() - end > 0 ? Optional.of(Stuck.NO_PROGRESS) : Optional.empty())
            .ifPresent(stuck -> {
              throw new GotStuck(stuck);
            });
      }
    }
  }

  /** Ends whatever is left of it, and waits until it is. */
  void kill() {
    boolean interrupted = Thread.interrupted();
    runner.interrupt();
    while (runner.isAlive()) {
      try {
        runner.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
