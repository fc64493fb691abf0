package dev.capstan.control.story;

import dev.capstan.control.records.Experience.Ended;
import dev.capstan.control.records.RunQueries;
import dev.capstan.control.story.AttemptStory.Stage;
import dev.capstan.core.CommitId;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.core.plan.Step;
import dev.capstan.core.run.Attempt;
import dev.capstan.core.run.Baseline;
import dev.capstan.core.run.Failure;
import dev.capstan.core.run.Origin;
import dev.capstan.core.run.Progress;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunEvent;
import dev.capstan.core.run.StepState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A run told from its log. */
public final class RunStory {
  private static final int PAGE = 1_000;

  private final Run.Known run;
  private final Map<StepId, List<AttemptStory>> attempts = new LinkedHashMap<>();
  private final List<Evidence> tipEvidence = new ArrayList<>();
  private final List<Decided> decisions = new ArrayList<>();
  private final List<Origin> origin = new ArrayList<>();
  private final StepEndings endings;

  private RunStory(Run.Known run) {
    this.run = run;
    this.endings = new StepEndings(run.brief().project());
  }

  /** Reads the run and its whole log; empty if there is no such run. */
  public static Optional<RunStory> read(RunQueries queries, RunId id) {
    return queries.find(id).map(found -> of(queries, found));
  }

  /** Reads the log of a run that was found, up to the version it was found at. */
  public static RunStory of(RunQueries queries, RunQueries.Found found) {
    RunStory story = new RunStory(found.run());
    long after = 0;
    while (after < found.version()) {
      for (RunQueries.Recorded recorded : queries.events(found.run().brief().run(), after, PAGE)) {
        after = recorded.version();
        if (after <= found.version()) {
          story.add(recorded.event(), recorded.at());
          story.endings.add(recorded.event(), recorded.at());
          Decided.of(recorded).ifPresent(story.decisions::add);
        }
      }
    }
    return story;
  }

  public Run.Known run() {
    return run;
  }

  /** Every step of the plan, in its order. */
  public List<StepStory> steps() {
    Optional<Progress> progress = progress();
    List<StepStory> steps = new ArrayList<>();
    for (Step step : run.brief().plan().steps()) {
      StepState state = progress.map(p -> p.of(step.id())).orElseGet(this::notBegun);
      steps.add(new StepStory(step, state, attempts.getOrDefault(step.id(), List.of())));
    }
    return steps;
  }

  /** How steps ended that did, each as it ended the last time. */
  public List<Ended> endings() {
    return endings.endings();
  }

  /** What was measured of the branch as a whole, the last time. */
  public Optional<Evidence> tipEvidence() {
    return tipEvidence.isEmpty() ? Optional.empty() : Optional.of(tipEvidence.getLast());
  }

  /** Where the run was forked from, if it was. */
  public Optional<Origin> origin() {
    return origin.stream().findFirst();
  }

  /** What people decided, in order. */
  public List<Decided> decisions() {
    return List.copyOf(decisions);
  }

  public Optional<Run.Base> base() {
    return base(run);
  }

  private static Optional<Run.Base> base(Run.Known run) {
    return switch (run) {
      case Run.Pending _, Run.Preparing _ -> Optional.empty();
      case Run.Measuring m -> Optional.of(m.base());
      case Run.Planned p -> Optional.of(p.base());
      case Run.Working w -> Optional.of(w.base());
      case Run.Delivering d -> Optional.of(d.base());
      case Run.Paused p -> base(p.within());
      case Run.Blocked b -> base(b.within());
      case Run.Ended e -> base(e.last());
    };
  }

  public Optional<Baseline> baseline() {
    return baseline(run);
  }

  private static Optional<Baseline> baseline(Run.Known run) {
    return switch (run) {
      case Run.Pending _, Run.Preparing _, Run.Measuring _ -> Optional.empty();
      case Run.Planned p -> Optional.of(p.baseline());
      case Run.Working w -> Optional.of(w.baseline());
      case Run.Delivering d -> Optional.of(d.baseline());
      case Run.Paused p -> baseline(p.within());
      case Run.Blocked b -> baseline(b.within());
      case Run.Ended e -> baseline(e.last());
    };
  }

  /** How far the steps have come; empty before work began. */
  public Optional<Progress> progress() {
    return progress(run);
  }

  /** The same of a run whose log is not at hand. */
  public static Optional<Progress> progress(Run.Known run) {
    return switch (run) {
      case Run.Pending _, Run.Preparing _, Run.Measuring _, Run.Planned _ -> Optional.empty();
      case Run.Working w -> Optional.of(w.progress());
      case Run.Delivering d -> Optional.of(d.progress());
      case Run.Paused p -> progress(p.within());
      case Run.Blocked b -> progress(b.within());
      case Run.Ended e -> progress(e.last());
    };
  }

  private StepState notBegun() {
    return run instanceof Run.Ended ? new StepState.Cancelled() : StepState.Pending.UNTRIED;
  }

  private void add(RunEvent event, Instant at) {
    switch (event) {
      case RunEvent.StepStarted(var step, var attempt, _) -> begin(step, attempt, at);
      case RunEvent.AttemptExecuted(var step, var commit, var change) ->
          last(step, a -> a.at(new Stage.Verifying(commit, change), at));
      case RunEvent.AttemptVerified(var step, var evidence) ->
          last(step, a -> a.at(judged(a, evidence, List.of()), at));
      case RunEvent.QaRequested(var step, var evidence, var reasons) ->
          last(step, a -> a.at(judged(a, evidence, reasons), at));
      case RunEvent.GateShut(var step, var evidence) ->
          last(step, a -> a.at(judged(a, evidence, List.of()), at));
      case RunEvent.VerificationRepeated(var step) -> last(step, a -> a.at(again(a), at));
      case RunEvent.Forked(var from, _) -> origin.add(from);
      case RunEvent.QaApproved(var step, var comment) -> last(step, a -> approved(a, comment));
      case RunEvent.AttemptFailed(var step, _, var failure, _, _) ->
          last(step, a -> a.at(failed(a, failure), at));
      case RunEvent.QuestionAsked(var step, _, var question) ->
          last(step, a -> a.at(new Stage.Asked(question, ""), at));
      case RunEvent.QuestionAnswered(var step, var answer) -> last(step, a -> answered(a, answer));
      case RunEvent.StepCompleted(var step, _) ->
          last(
              step,
              a -> a.stage() instanceof Stage.Executing ? a.at(new Stage.Unchanged(), at) : a);
      case RunEvent.TipVerified(var evidence) -> tipEvidence.add(evidence);
      case RunEvent.TipHeld(var evidence, _, _) -> tipEvidence.add(evidence);
      case RunEvent.Created _,
          RunEvent.Started _,
          RunEvent.Prepared _,
          RunEvent.PolicyTightened _,
          RunEvent.BaselineMeasured _,
          RunEvent.PlanApproved _,
          RunEvent.StepBlocked _,
          RunEvent.StepFailed _,
          RunEvent.StepSkipped _,
          RunEvent.StepReopened _,
          RunEvent.StepContinued _,
          RunEvent.Instructed _,
          RunEvent.Rewound _,
          RunEvent.StepsInjected _,
          RunEvent.StopSet _,
          RunEvent.StopReached _,
          RunEvent.IntegrationStarted _,
          RunEvent.Integrated _,
          RunEvent.TipVerificationStarted _,
          RunEvent.TipApproved _,
          RunEvent.DeliveryStarted _,
          RunEvent.TaskFailed _,
          RunEvent.Blocked _,
          RunEvent.Unblocked _,
          RunEvent.Paused _,
          RunEvent.Halted _,
          RunEvent.Resumed _,
          RunEvent.Completed _,
          RunEvent.CiReported _,
          RunEvent.Merged _,
          RunEvent.Failed _,
          RunEvent.Cancelled _ -> {}
    }
  }

  private void begin(StepId step, Attempt attempt, Instant at) {
    attempts
        .computeIfAbsent(step, _ -> new ArrayList<>())
        .add(new AttemptStory(attempt, at, at, new Stage.Executing()));
  }

  private void last(StepId step, UnaryOperator<AttemptStory> change) {
    List<AttemptStory> tried = attempts.getOrDefault(step, List.of());
    if (!tried.isEmpty()) {
      tried.set(tried.size() - 1, change.apply(tried.getLast()));
    }
  }

  private static Stage failed(AttemptStory attempt, Failure failure) {
    return attempt.stage() instanceof Stage.Judged judged
        ? new Stage.Refused(judged, failure)
        : new Stage.Failed(failure);
  }

  private static Stage judged(AttemptStory attempt, Evidence evidence, List<String> asked) {
    if (attempt.stage() instanceof Stage.Verifying(CommitId commit, var change)) {
      return new Stage.Judged(commit, change, evidence, asked, "");
    }
    throw new IllegalStateException(
        "attempt " + attempt.attempt().number() + " was judged before it was verified");
  }

  private static Stage again(AttemptStory attempt) {
    return attempt.stage() instanceof Stage.Judged judged
        ? new Stage.Verifying(judged.commit(), judged.change())
        : attempt.stage();
  }

  private static AttemptStory answered(AttemptStory attempt, String answer) {
    return attempt.stage() instanceof Stage.Asked(var question, _)
        ? attempt.at(new Stage.Asked(question, answer), attempt.lastAt())
        : attempt;
  }

  private static AttemptStory approved(AttemptStory attempt, String comment) {
    return attempt.stage()
            instanceof Stage.Judged(var commit, var change, var evidence, var asked, _)
        ? attempt.at(
            new Stage.Judged(
                commit, change, evidence, asked, comment.isBlank() ? "no comment" : comment),
            attempt.lastAt())
        : attempt;
  }
}
