package dev.capstan.core.run;

import dev.capstan.core.StepId;
import dev.capstan.core.plan.PlanFault;
import dev.capstan.core.plan.Step;
import dev.capstan.core.run.Draft.Answer;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How work is done again from a point in the past: in the run itself, or in a fork of it. */
final class RewindRules {
  private final Draft draft;

  RewindRules(Draft draft) {
    this.draft = draft;
  }

  /**
   * The branch is a line of commits, so that whatever joined it after the step goes with it, and so
   * does what was made from there. A step that waits for one that has failed would fail at once.
   */
  Answer rerun(Run.Working w, StepId step, String why) {
    return switch (w.progress().steps().get(step)) {
      case null -> Draft.no(new Refusal.NoSuchStep(step));
      case StepState.Pending _, StepState.Executing _, StepState.Skipped _, StepState.Cancelled _ ->
          Draft.no(new Refusal.StepNotNow(step, w.progress().of(step).status(), "run again from"));
      case StepState.Failed _ when !w.progress().mayOpen(w.planned(step).barrier()) ->
          Draft.no(new Refusal.StepNotNow(step, StepState.Status.FAILED, "run again from"));
      case StepState.Verifying _,
          StepState.NeedsQa _,
          StepState.Verified _,
          StepState.Completed _,
          StepState.Blocked _,
          StepState.Asking _,
          StepState.Failed _ ->
          draft.then(rewound(w, step, why));
    };
  }

  private static RunEvent rewound(Run.Working w, StepId from, String why) {
    Progress progress = w.progress();
    Set<StepId> again = new HashSet<>(Set.of(from));
    addDependents(w, again);
    Optional<StepState.Completed> first = first(progress, again);
    first.ifPresent(completed -> {
      progress
          .steps()
          .forEach((step, state) -> {
            if (state instanceof StepState.InFlight
                || (state instanceof StepState.Completed c && c.order() >= completed.order())) {
              again.add(step);
            }
          });
      addDependents(w, again);
    });
    return new RunEvent.Rewound(
        from,
        progress.steps().keySet().stream().filter(again::contains).toList(),
        first.map(StepState.Completed::from).orElse(progress.tip()),
        why);
  }

  /** Of the steps that are part of the branch, the one that joined it first. */
  private static Optional<StepState.Completed> first(Progress progress, Set<StepId> steps) {
    return steps.stream()
        .map(progress::of)
        .filter(StepState.Completed.class::isInstance)
        .map(StepState.Completed.class::cast)
        .min(Comparator.comparingInt(StepState.Completed::order));
  }

  /** A step that somebody skipped stays so. */
  private static void addDependents(Run.Working w, Set<StepId> steps) {
    boolean more = true;
    while (more) {
      more = false;
      for (Step step : w.brief().plan().steps()) {
        if (step.barrier().steps().stream().anyMatch(steps::contains)
            && !(w.progress().of(step.id()) instanceof StepState.Skipped)) {
          more |= steps.add(step.id());
        }
      }
    }
  }

  Answer fork(RunCommand.Fork fork) {
    Reached reached = Reached.of(fork.at());
    for (StepId step : fork.engines().keySet()) {
      if (fork.at().brief().plan().steps().stream().noneMatch(one -> one.id().equals(step))) {
        return Draft.no(new Refusal.NoSuchStep(step));
      }
      if (reached instanceof Reached.Work work && work.isDone(step)) {
        return Draft.no(
            new Refusal.StepNotNow(step, StepState.Status.COMPLETED, "choose another engine for"));
      }
    }
    Brief brief = fork.at().brief().forked(fork.run(), fork.engines());
    List<PlanFault> faults = brief.faults();
    if (!faults.isEmpty()) {
      return Draft.no(new Refusal.BadPlan(faults));
    }
    draft.then(new RunEvent.Created(brief));
    return draft.then(new RunEvent.Forked(fork.origin(), reached));
  }
}
