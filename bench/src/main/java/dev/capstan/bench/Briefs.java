package dev.capstan.bench;

import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.evidence.Expectations;
import dev.capstan.core.plan.Barrier;
import dev.capstan.core.plan.Patience;
import dev.capstan.core.plan.Plan;
import dev.capstan.core.plan.Scope;
import dev.capstan.core.plan.Step;
import dev.capstan.core.plan.Work;
import dev.capstan.core.run.Brief;
import dev.capstan.core.run.RunPolicy;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What the runs of a scenario are asked to do. */
final class Briefs {
  private Briefs() {}

  /** A run of that many steps that wait for nothing and touch different folders. */
  static Brief of(String run, String project, int steps, int parallelSteps) {
    return new Brief(
        new RunId(run),
        new ProjectId(project),
        "Measure the queue",
        "main",
        new Plan(IntStream.range(0, steps).mapToObj(Briefs::step).toList()),
        policy(parallelSteps));
  }

  private static Step step(int number) {
    return new Step(
        new StepId("step-" + number),
        "refactor",
        "Change folder " + number,
        "to measure the queue",
        new Scope(List.of("src/folder-" + number + "/**")),
        List.of(new Work("command", List.of("true"), Map.of(), List.of(), Work.DEFAULT_TIME_LIMIT)),
        new Barrier.All(List.of()),
        new Patience.Unlimited(),
        0,
        Expectations.DEFAULT);
  }

  private static RunPolicy policy(int parallelSteps) {
    RunPolicy usual = RunPolicy.DEFAULT;
    return new RunPolicy(
        usual.planApproval(),
        parallelSteps,
        usual.retries(),
        usual.retry(),
        usual.failedAttempts(),
        usual.patience(),
        usual.partial(),
        usual.rules());
  }
}
