package dev.capstan.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/**
 * A shell made of memory around one run: a queue that takes the effects, workers that report,
 * people who interfere, and kills after which a report comes again. The laws are checked at every
 * step.
 */
final class World {
  private final Random random;
  private final RunLaws laws = new RunLaws();
  private final List<RunEvent> history = new ArrayList<>();
  private final SequencedMap<String, Task> queue = new LinkedHashMap<>();
  private final List<RunCommand> reported = new ArrayList<>();
  private Run run = new Run.Absent();
  private Instant now = RunExamples.NOW;

  World(Random random, Brief brief) {
    this.random = random;
    handle(new RunCommand.Create(brief));
    handle(new RunCommand.Start());
  }

  /** One that begins where the other was at some time. */
  World(Random random, World origin) {
    this.random = random;
    int version = 1 + random.nextInt(origin.history.size());
    Run.Known then = (Run.Known) RunHistory.replay(origin.history.subList(0, version));
    RunId id = new RunId("fork");
    handle(new RunCommand.Fork(id, new Origin(then.brief().run(), version), then, Map.of()));
    assertThat(run).as("any run can be forked at any time").isInstanceOf(Run.Known.class);
    handle(run instanceof Run.Paused ? new RunCommand.Resume() : new RunCommand.Start());
  }

  Run run() {
    return run;
  }

  List<RunEvent> history() {
    return history;
  }

  // ---- what happens

  /** One random thing: mostly a worker's report, now and then a person, a timer or a kill. */
  void disturb() {
    now = now.plus(Duration.ofSeconds(random.nextInt(100)));
    switch (random.nextInt(10)) {
      case 0, 1 -> handle(new Interference(random, run).next());
      case 2 -> timer();
      case 3 -> repeatReport();
      default -> work(true);
    }
  }

  /** People help and workers succeed. True if something could be done. */
  boolean help() {
    if (run instanceof Run.Ended) {
      return false;
    }
    if (!work(false)) {
      handle(Interference.helpful(run));
    }
    return true;
  }

  private boolean work(boolean mayFail) {
    List<Task> tasks = queue.values().stream().filter(t -> !(t instanceof Task.Wake)).toList();
    if (tasks.isEmpty()) {
      return false;
    }
    Task task = tasks.get(random.nextInt(tasks.size()));
    RunCommand report = new WorkerReports(random, mayFail).of(task);
    queue.remove(task.key());
    reported.add(report);
    assertThat(handle(report)).as("%s is accepted", report).isTrue();
    return true;
  }

  private void timer() {
    List<Task> timers = queue.values().stream().filter(t -> t instanceof Task.Wake).toList();
    if (!timers.isEmpty() && random.nextInt(5) == 0) {
      Task.Wake wake = (Task.Wake) timers.get(random.nextInt(timers.size()));
      queue.remove(wake.key());
      handle(new RunCommand.Elapse(wake.timer()));
    }
  }

  /** A worker that was killed before it heard the answer, or comes back much later. */
  private void repeatReport() {
    List<RunCommand> ofSteps = reported.stream().filter(World::namesItsAttempt).toList();
    if (!ofSteps.isEmpty()) {
      RunCommand again = ofSteps.get(random.nextInt(ofSteps.size()));
      assertThat(handle(again)).as("%s comes again", again).isFalse();
    }
  }

  /** The attempt is measured again, so that only the lease tells the reports apart. */
  private void forgetVerification(StepId step) {
    reported.removeIf(
        report -> report instanceof RunCommand.ReportVerified(var id, _, _) && id.equals(step));
  }

  private static boolean namesItsAttempt(RunCommand command) {
    return command instanceof RunCommand.ReportExecuted
        || command instanceof RunCommand.ReportUnchanged
        || command instanceof RunCommand.ReportQuestion
        || command instanceof RunCommand.ReportVerified
        || command instanceof RunCommand.ReportAttemptFailed;
  }

  // ---- what the shell does

  private boolean handle(RunCommand command) {
    Decision decision = RunDecider.decide(run, command, now);
    assertThat(RunDecider.decide(run, command, now)).isEqualTo(decision);
    if (!(decision instanceof Decision.Accepted(var events))) {
      return false;
    }
    for (RunEvent event : events) {
      Run before = run;
      run = RunHistory.evolve(run, event);
      history.add(event);
      laws.check(before, event, run);
      RunReaction.react(run, event, now).forEach(this::carryOut);
    }
    if (command instanceof RunCommand.VerifyStep(var step)) {
      forgetVerification(step);
    }
    checkQueue();
    checkTwice(command);
    return true;
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.Enqueue(var task, _, _) -> {
        assertThat(run).as("no task for a run that is over").isNotInstanceOf(Run.Ended.class);
        assertThat(queue.put(task.key(), task)).as("%s is outstanding already", task).isNull();
      }
      case Effect.Withdraw(var prefix) -> queue.keySet().removeIf(key -> key.startsWith(prefix));
      case Effect.WithdrawAll _ -> queue.clear();
      case Effect.Amend(var task) ->
          assertThat(queue.replace(task.key(), task)).as("%s is under way", task).isNotNull();
      case Effect.StopWork _ -> {}
    }
  }

  /** State and queue agree, and a run that has nothing under way waits for a person or is over. */
  private void checkQueue() {
    Set<String> keys = new TreeSet<>(queue.keySet());
    keys.removeIf(key -> key.startsWith("wake/"));
    assertThat(keys).isEqualTo(RunLaws.tasksOf(run));
    if (keys.isEmpty()) {
      assertThat(run.status())
          .as("nothing is under way")
          .isIn(
              Run.Status.PENDING,
              Run.Status.PLANNED,
              Run.Status.PAUSED,
              Run.Status.BLOCKED,
              Run.Status.COMPLETED,
              Run.Status.FAILED,
              Run.Status.CANCELLED);
    }
  }

  /**
   * The same command again has no effect outside. A failed task of the run itself is left out: its
   * report names no try, so only the lease's token tells the second report from the first.
   */
  private void checkTwice(RunCommand command) {
    if (command instanceof RunCommand.ReportTaskFailed || isAtNextStop(command)) {
      return;
    }
    if (RunDecider.decide(run, command, now) instanceof Decision.Accepted(var events)) {
      Run at = run;
      for (RunEvent event : events) {
        at = RunHistory.evolve(at, event);
        assertThat(RunReaction.react(at, event, now))
            .as("%s again", command)
            .noneMatch(this::changesSomething);
      }
    }
  }

  /** Work that is stopped already cannot be stopped again, nor taken back twice. */
  private boolean changesSomething(Effect effect) {
    return switch (effect) {
      case Effect.Enqueue _, Effect.Amend _ -> true;
      case Effect.Withdraw(var prefix) ->
          queue.keySet().stream().anyMatch(key -> key.startsWith(prefix));
      case Effect.WithdrawAll _ -> !queue.isEmpty();
      case Effect.StopWork _ -> false;
    };
  }

  /** To go on from one stop point to the next, a person says so once for each. */
  private boolean isAtNextStop(RunCommand command) {
    return (command instanceof RunCommand.Resume || command instanceof RunCommand.RunNext)
        && run instanceof Run.Paused;
  }

  void checkReplay() {
    assertThat(RunHistory.replay(history)).isEqualTo(run);
  }

  Set<Class<?>> eventTypes() {
    Set<Class<?>> types = new HashSet<>();
    history.forEach(event -> types.add(event.getClass()));
    return types;
  }
}
