package dev.capstan.server.rest;

import dev.capstan.api.ChangedPlan;
import dev.capstan.api.ChangedPlan.PlacedStep;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.InjectSteps;
import dev.capstan.control.story.RunStory;
import dev.capstan.core.StepId;
import dev.capstan.core.plan.Injection;
import dev.capstan.core.plan.Injection.Place;
import dev.capstan.core.plan.Plan;
import dev.capstan.core.plan.Step;
import dev.capstan.core.run.Decision;
import dev.capstan.core.run.Progress;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunCommand;
import dev.capstan.core.run.RunDecider;
import dev.capstan.core.run.RunEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Steps that are added to one run, and what becomes of its plan. */
final class Injections {
  private final Run.Known run;

  Injections(Run.Known run) {
    this.run = run;
  }

  Injection of(InjectSteps request, RunCreation creation) {
    requireNoTries(request.plan());
    Plan plan = PlanDocuments.plan(request.plan());
    creation.require(plan);
    return new Injection(
        plan.steps(),
        switch (request.place()) {
          case BY_PRIORITY -> new Place.ByPriority();
          case BEFORE -> new Place.Before(new StepId(request.step()));
          case AFTER -> new Place.After(new StepId(request.step()));
          case INSTEAD -> new Place.InsteadOfTheRest();
        });
  }

  /** Tries and stops belong to the run as a whole, which was settled when it was created. */
  private static void requireNoTries(PlanDocument plan) {
    plan.steps().stream()
        .filter(step -> step.attempts() > 0 || step.stop())
        .findFirst()
        .ifPresent(step -> {
          throw ApiException.invalid(
              "step \""
                  + step.id()
                  + "\" sets attempts or stop, which are settled when a run is created; leave them"
                  + " out, and use capstan stop-after");
        });
  }

  /** What the plan would be; the core decides it just as it would decide the real thing. */
  ChangedPlan preview(Injection injection) {
    return switch (RunDecider.decide(run, new RunCommand.Inject(injection), Instant.now())) {
      case Decision.Refused(var refusal) -> throw Problems.refused(refusal);
      case Decision.Accepted(var events) ->
          new ChangedPlan(
              false,
              events.stream()
                  .filter(RunEvent.StepsInjected.class::isInstance)
                  .map(RunEvent.StepsInjected.class::cast)
                  .findFirst()
                  .map(this::placed)
                  .orElseThrow());
    };
  }

  /** The plan as it stands. */
  List<PlacedStep> asItIs() {
    Optional<Progress> progress = RunStory.progress(run);
    return run.brief().plan().steps().stream()
        .map(step ->
            new PlacedStep(
                step.id().value(),
                step.title(),
                progress
                    .map(p -> p.of(step.id()).status().name().toLowerCase(Locale.ROOT))
                    .orElse("pending"),
                ids(step),
                step.priority(),
                ""))
        .toList();
  }

  private List<PlacedStep> placed(RunEvent.StepsInjected event) {
    Plan before = run.brief().plan();
    Optional<Progress> progress = RunStory.progress(run);
    List<PlacedStep> steps = new ArrayList<>();
    for (Step step : event.injection().into(before).steps()) {
      Optional<Step> old =
          before.steps().stream().filter(one -> one.id().equals(step.id())).findFirst();
      String status =
          progress
              .filter(_ -> old.isPresent())
              .map(p -> p.of(step.id()).status().name().toLowerCase(Locale.ROOT))
              .orElse("pending");
      steps.add(
          new PlacedStep(
              step.id().value(),
              step.title(),
              status,
              ids(step),
              step.priority(),
              change(event, old, step)));
    }
    return steps;
  }

  private static String change(RunEvent.StepsInjected event, Optional<Step> old, Step step) {
    if (old.isEmpty()) {
      return "added";
    }
    if (event.givenUp().contains(step.id())) {
      return "given up";
    }
    List<String> more = new ArrayList<>(ids(step));
    more.removeAll(ids(old.get()));
    return more.isEmpty() ? "" : "waits also for " + String.join(", ", more);
  }

  private static List<String> ids(Step step) {
    return step.barrier().steps().stream().map(StepId::value).toList();
  }
}
