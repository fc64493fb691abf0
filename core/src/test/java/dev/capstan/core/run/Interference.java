package dev.capstan.core.run;

import dev.capstan.core.CommitId;
import dev.capstan.core.StepId;
import dev.capstan.core.plan.Injection;
import dev.capstan.core.plan.Injection.Place;
import dev.capstan.core.run.CiReport.Conclusion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** What people ask of a run. */
final class Interference {
  private static final List<Run.Hold> HALTS =
      List.of(Run.Hold.HALT, Run.Hold.HALT_ABOVE, Run.Hold.BUDGET);

  private final Random random;
  private final Run run;

  Interference(Random random, Run run) {
    this.random = random;
    this.run = run;
  }

  /** Anything, sensible or not. */
  RunCommand next() {
    return switch (random.nextInt(46)) {
      case 0, 1 -> new RunCommand.ApprovePlan("good");
      case 2 -> random.nextInt(10) == 0 ? new RunCommand.RejectPlan("bad") : next();
      case 3, 4, 5 -> new RunCommand.ApproveStep(step(), "good");
      case 6, 7 -> new RunCommand.RejectStep(step(), "bad");
      case 8, 9, 23, 24, 39, 40, 44, 45 -> new RunCommand.ApproveTip("good");
      case 10, 11, 12 -> new RunCommand.RetryStep(step());
      case 13, 14, 15 -> new RunCommand.Retry();
      case 16, 17 -> new RunCommand.SkipStep(step(), "no");
      case 18, 19 -> new RunCommand.Pause("lunch");
      case 20, 21, 22 -> new RunCommand.Resume();
      case 25, 26 -> new RunCommand.AnswerStep(step(), "yes");
      case 27 -> new RunCommand.StopAfter(step(), random.nextInt(4) > 0);
      case 28 -> new RunCommand.Inject(injection());
      case 29 -> ci();
      case 30 -> merge();
      case 31 -> new RunCommand.Halt(HALTS.get(random.nextInt(HALTS.size())), "fire");
      case 32 -> new RunCommand.Lift(random.nextBoolean() ? Run.Hold.HALT : Run.Hold.HALT_ABOVE);
      case 33, 34 -> new RunCommand.RunNext();
      case 35 -> new RunCommand.VerifyStep(step());
      case 36 -> random.nextInt(4) == 0 ? new RunCommand.DeliverNow("enough") : next();
      case 37 -> new RunCommand.Instruct(step(), "hint " + random.nextInt(3));
      case 38 -> new RunCommand.RerunFrom(step(), "again");
      case 42, 43 -> goOn(step());
      default -> random.nextInt(10) == 0 ? new RunCommand.Cancel("no") : next();
    };
  }

  /** Of the last attempt of a step that was given up, most of the time. */
  private RunCommand goOn(StepId step) {
    int attempts = RunLaws.progressOf(run).map(progress -> attempts(progress.of(step))).orElse(1);
    return new RunCommand.ContinueStep(
        step,
        random.nextInt(8) == 0 ? attempts + 1 : attempts,
        random.nextInt(8) == 0
            ? new Beginning.Fresh()
            : new Beginning.Left(RunExamples.commit("left")));
  }

  private static int attempts(StepState state) {
    return switch (state) {
      case StepState.Blocked(var tries, _) -> tries.attempts();
      case StepState.Failed(var tries, _) -> tries.attempts();
      case StepState _ -> 1;
    };
  }

  private RunCommand ci() {
    CommitId commit =
        RunLaws.progressOf(run)
            .filter(_ -> random.nextInt(3) > 0)
            .map(Progress::tip)
            .orElseGet(() -> RunExamples.commit("other"));
    Conclusion[] conclusions = Conclusion.values();
    return new RunCommand.RecordCi(
        new CiReport(
            commit,
            "check " + random.nextInt(3),
            conclusions[random.nextInt(conclusions.length)],
            "",
            "",
            RunExamples.NOW.plusSeconds(random.nextInt(100))));
  }

  private RunCommand merge() {
    return new RunCommand.RecordMerge(
        run instanceof Run.Ended(_, Run.Outcome.Delivered delivered, _)
            ? delivered.whole().branch()
            : "capstan/none",
        RunExamples.commit("main"));
  }

  private StepId step() {
    List<StepId> steps =
        ((Run.Known) run).brief().plan().steps().stream().map(step -> step.id()).toList();
    return steps.get(random.nextInt(steps.size()));
  }

  private Injection injection() {
    String id = "more" + random.nextInt(1_000);
    StepDraft step = StepDraft.step(id).changing("more/" + id);
    return new Injection(
        List.of((random.nextBoolean() ? step.after(step().value()) : step).build()),
        switch (random.nextInt(4)) {
          case 0 -> new Place.Before(step());
          case 1 -> new Place.After(step());
          case 2 -> new Place.InsteadOfTheRest();
          default -> new Place.ByPriority();
        });
  }

  /** What a person does who wants the run to go on. */
  static RunCommand helpful(Run run) {
    Optional<StepId> waiting = first(run, StepState.NeedsQa.class);
    if (waiting.isPresent()) {
      return new RunCommand.ApproveStep(waiting.get(), "good");
    }
    Optional<StepId> asking = first(run, StepState.Asking.class);
    if (asking.isPresent() && run instanceof Run.Blocked) {
      return new RunCommand.AnswerStep(asking.get(), "yes");
    }
    boolean tip =
        RunLaws.progressOf(run)
            .filter(progress -> progress.lane() instanceof Lane.TipHeld(_, var may) && may)
            .isPresent();
    return switch (run) {
      case Run.Planned _ -> new RunCommand.ApprovePlan("good");
      case Run.Paused _ -> new RunCommand.Resume();
      case Run other -> tip ? new RunCommand.ApproveTip("good") : retry(other);
    };
  }

  private static Optional<StepId> first(Run run, Class<? extends StepState> state) {
    return RunLaws.progressOf(run).stream()
        .flatMap(progress -> progress.steps().entrySet().stream())
        .filter(entry -> state.isInstance(entry.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static RunCommand retry(Run run) {
    if (run instanceof Run.Blocked) {
      return new RunCommand.Retry();
    }
    throw new AssertionError("the run is stuck: " + run);
  }
}
