package dev.capstan.core.run;

import dev.capstan.core.StepId;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.core.evidence.Gate;
import dev.capstan.core.evidence.Response;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.core.run.Draft.Answer;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What joins the run's branch, and what is said of the branch as a whole. */
final class BranchRules {
  private final Draft draft;
  private final AttemptRules attempts;
  private final StageRules stages;

  BranchRules(Draft draft, AttemptRules attempts, StageRules stages) {
    this.draft = draft;
    this.attempts = attempts;
    this.stages = stages;
  }

  Answer integrated(Run.Working w, RunCommand.ReportIntegrated report) {
    if (!(w.progress().lane() instanceof Lane.Integrating(var steps, _))) {
      return Draft.no(new Refusal.Stale("no integration is under way"));
    }
    List<StepId> reported =
        Stream.concat(report.integrated().stream(), report.conflicts().keySet().stream())
            .sorted()
            .toList();
    if (!reported.equals(steps.stream().sorted().toList())) {
      return Draft.no(
          new Refusal.Stale(
              "it is about " + names(reported) + ", but " + names(steps) + " is being integrated"));
    }
    draft.then(new RunEvent.Integrated(report.tip(), report.integrated()));
    new TreeMap<>(report.conflicts()).forEach(this::conflicting);
    return Draft.yes();
  }

  /** Nothing more is said once the conflicts before it have ended the run. */
  private void conflicting(StepId step, List<RunCommand.Clash> clashes) {
    Optional<Run.Working> w = draft.working();
    if (w.isPresent() && w.get().progress().of(step) instanceof StepState.Verified v) {
      Failure failure =
          new Failure(
              Failure.Kind.RECOVERABLE,
              "its change conflicts with the run's branch on "
                  + clashes.stream().map(BranchRules::inWords).collect(Collectors.joining(", ")),
              clashes.stream().map(BranchRules::violation).toList());
      if (v.tries().lastConflicted()) {
        attempts.failed(w.get(), step, v, failure, new Response.Retry());
      } else {
        again(w.get(), step, v, failure);
      }
    }
  }

  private static String inWords(RunCommand.Clash clash) {
    return clash.sides().isEmpty() ? clash.path() : clash.path() + " (" + clash.sides() + ")";
  }

  private static Violation violation(RunCommand.Clash clash) {
    String sides = clash.sides().isEmpty() ? "" : ": " + clash.sides();
    return new Violation(Category.CONFLICT, clash.path(), "both have changed it" + sides);
  }

  /**
   * The first conflict is nobody's fault: it is made again on the new tip, whatever policy says.
   */
  private void again(Run.Working w, StepId step, StepState.Verified at, Failure failure) {
    draft.then(
        new RunEvent.AttemptFailed(
            step, at.attempt().number(), failure, at.attempt().engine(), new Response.Retry()));
    attempts.threshold(w, failure);
  }

  private static String names(List<StepId> steps) {
    return steps.stream().map(StepId::value).collect(Collectors.joining(", "));
  }

  Answer tipVerified(Run.Working w, Evidence evidence) {
    if (!(w.progress().lane() instanceof Lane.VerifyingTip)
        || !evidence.commit().equals(w.progress().tip())) {
      return Draft.no(
          new Refusal.Stale(
              "the tip " + evidence.commit().abbreviated() + " is not being verified"));
    }
    return switch (Gate.judge(evidence, w.brief().plan().together())) {
      case Gate.Open _ -> draft.then(new RunEvent.TipVerified(evidence));
      case Gate.AsksPerson(var reasons) -> holdTip(evidence, String.join("; ", reasons), true);
      case Gate.Shut(var checks) ->
          holdTip(
              evidence,
              "the steps pass one by one but not together: " + AttemptRules.inWords(checks),
              false);
    };
  }

  private Answer holdTip(Evidence evidence, String reason, boolean approvable) {
    draft.then(new RunEvent.TipHeld(evidence, reason, approvable));
    return draft.then(new RunEvent.Blocked(reason));
  }

  Answer laneFailed(Run.Working w, Failure failure) {
    return switch (w.progress().lane()) {
      case Lane.Integrating(_, var failures) -> stages.taskFailed(w.brief(), failure, failures);
      case Lane.VerifyingTip(var failures) -> stages.taskFailed(w.brief(), failure, failures);
      case Lane.Free _, Lane.TipHeld _ -> Draft.no(new Refusal.Stale("no such task is under way"));
    };
  }
}
