package dev.capstan.worker;

import dev.capstan.control.story.AttemptStory;
import dev.capstan.control.story.AttemptStory.Stage;
import dev.capstan.control.story.Decided;
import dev.capstan.control.story.Heard;
import dev.capstan.control.story.RunStory;
import dev.capstan.control.story.StepStory;
import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Confidence;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.core.plan.Step;
import dev.capstan.core.policy.Policy;
import dev.capstan.core.run.Baseline;
import dev.capstan.core.run.Change;
import dev.capstan.core.run.PullRequest;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.StepState;
import dev.capstan.verification.rendering.RunReport;
import dev.capstan.verification.rendering.RunReport.AttemptReport;
import dev.capstan.verification.rendering.RunReport.CheckRow;
import dev.capstan.verification.rendering.RunReport.DecisionRow;
import dev.capstan.verification.rendering.RunReport.PartRow;
import dev.capstan.verification.rendering.RunReport.StepReport;
import dev.capstan.verification.rendering.RunReport.ViolationRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A run's story as the report that is rendered. */
public final class RunReports {
  /** Compared with the base commit; the other checks are of what one step changed. */
  private static final Set<CheckName> AGAINST_BASE =
      Set.of(CheckName.BUILD, CheckName.TESTS, CheckName.COVERAGE);

  private final FormattingWords formatting;

  private RunReports(FormattingWords formatting) {
    this.formatting = formatting;
  }

  /** The report of a run with the branch it delivers. */
  public static RunReport of(Workshop workshop, RunStory story) {
    List<PullRequest> opened = pullRequests(story.run());
    return of(
        workshop,
        story,
        opened.isEmpty() || opened.getLast().branch().isEmpty()
            ? Branches.of(story.run().brief())
            : opened.getLast().branch());
  }

  private static List<PullRequest> pullRequests(Run.Known run) {
    return run instanceof Run.Ended(_, Run.Outcome.Delivered(var opened), _) ? opened : List.of();
  }

  static RunReport of(Workshop workshop, RunStory story, String branch) {
    RunReports reports = new RunReports(FormattingWords.of(workshop, story.run().brief().run()));
    return reports.report(story, branch);
  }

  private RunReport report(RunStory story, String branch) {
    Run.Known run = story.run();
    List<Instant> moments =
        story.steps().stream()
            .flatMap(step -> step.attempts().stream())
            .map(AttemptStory::startedAt)
            .sorted()
            .toList();
    Instant started = moments.isEmpty() ? Instant.EPOCH : moments.getFirst();
    Instant last =
        story.steps().stream()
            .flatMap(step -> step.attempts().stream())
            .map(AttemptStory::lastAt)
            .max(Instant::compareTo)
            .orElse(started);
    String base = story.base().map(b -> b.commit().value()).orElse("");
    String tip = story.progress().map(p -> p.tip().value()).orElse("");
    return new RunReport(
        run.brief().run().value(),
        run.brief().project().value(),
        run.brief().goal(),
        run.status().name().toLowerCase(Locale.ROOT),
        reason(run),
        base,
        story.base().map(Run.Base::branch).orElse(""),
        branch,
        tip,
        story.baseline().map(Baseline::summary).orElse(""),
        story.steps().stream().map(this::step).toList(),
        branchChecks(story, tip),
        started,
        Duration.between(started, last),
        List.of(
            "git fetch <this repository> " + branch,
            "git diff " + base + " " + tip,
            "git checkout " + tip,
            "capstan verify-evidence <evidence.json> --repo ."),
        policy(run.brief().policy().rules()),
        story.decisions().stream().map(RunReports::decision).toList(),
        pullRequests(run).stream().map(PullRequest::url).toList(),
        Heard.of(run).lines(),
        "");
  }

  /**
   * The branch as a whole was measured by itself, or it ends with a step that was measured on it.
   * Of that step then only what was compared with the base commit is true of the whole branch.
   */
  private static List<CheckRow> branchChecks(RunStory story, String tip) {
    Optional<Evidence> whole =
        story.tipEvidence().stream().filter(one -> one.commit().value().equals(tip)).findFirst();
    if (whole.isPresent()) {
      return checks(whole.get());
    }
    return story.steps().stream()
        .flatMap(step -> step.attempts().stream())
        .filter(attempt -> judgedOn(attempt, tip))
        .findFirst()
        .map(attempt -> branchChecks(attempt, beganAt(story, attempt)))
        .orElse(List.of());
  }

  private static boolean judgedOn(AttemptStory attempt, String tip) {
    return attempt.judged().filter(it -> it.evidence().commit().value().equals(tip)).isPresent();
  }

  private static boolean beganAt(RunStory story, AttemptStory attempt) {
    return story.base().filter(it -> it.commit().equals(attempt.attempt().from())).isPresent();
  }

  private static List<CheckRow> branchChecks(AttemptStory attempt, boolean fromBase) {
    return attempt.judged().stream()
        .flatMap(judged -> judged.evidence().checks().stream())
        .filter(check -> fromBase || AGAINST_BASE.contains(check.name()))
        .map(RunReports::row)
        .toList();
  }

  private static String reason(Run.Known run) {
    return switch (run) {
      case Run.Ended(_, Run.Outcome.Failed(var reason), _) -> reason;
      case Run.Ended(_, Run.Outcome.Cancelled(var reason), _) -> reason;
      case Run.Blocked(_, var why) -> why;
      case Run.Paused(_, var why, _) -> why;
      case Run.Ended _, Run.Pending _, Run.Planned _, Run.Active _ -> "";
    };
  }

  private StepReport step(StepStory story) {
    Step step = story.step();
    return new StepReport(
        step.id().value(),
        step.kind(),
        step.title(),
        step.reason().replaceAll("\\s*\n\\s*", " ").strip(),
        story.state().status().name().toLowerCase(Locale.ROOT),
        detail(story.state()),
        step.scope().globs(),
        story.attempts().stream().map(attempt -> attempt(step, attempt)).toList());
  }

  private static String detail(StepState state) {
    return switch (state) {
      case StepState.Skipped(var reason) -> reason;
      case StepState.Blocked(_, var reason) -> reason;
      case StepState.Asking(_, var question) -> "asks: " + question;
      case StepState.Failed(_, var reason) -> reason;
      case StepState.NeedsQa q -> String.join("; ", q.reasons());
      case StepState.Pending _,
          StepState.Executing _,
          StepState.Verifying _,
          StepState.Verified _,
          StepState.Completed _,
          StepState.Cancelled _ ->
          "";
    };
  }

  private AttemptReport attempt(Step step, AttemptStory story) {
    Change change = story.change();
    return new AttemptReport(
        story.attempt().number(),
        String.join(" ", step.engines().get(story.attempt().engine()).arguments()),
        outcome(story.stage()),
        story.judged().map(judged -> judged.commit().value()).orElse(""),
        change.files(),
        change.linesAdded(),
        change.linesDeleted(),
        story.took(),
        story.judged().map(judged -> checks(judged.evidence())).orElse(List.of()),
        violations(story),
        story.judged().map(judged -> judged.evidence().confidence().inWords()).orElse(""),
        story.judged().map(judged -> parts(judged.evidence().confidence())).orElse(List.of()),
        story.judged().map(judged -> ignored(judged.evidence())).orElse(List.of()),
        formatting.about(step.id().value(), story.attempt().number()));
  }

  private static String policy(Policy policy) {
    return policy.pack().isEmpty() ? "" : policy.pack() + " version " + policy.version();
  }

  private static DecisionRow decision(Decided decided) {
    return new DecisionRow(
        decided.what(), decided.about(), decided.comment(), decided.by(), decided.at());
  }

  private static List<PartRow> parts(Confidence confidence) {
    return switch (confidence) {
      case Confidence.NotScored _ -> List.of();
      case Confidence.Scored scored -> scored.parts().stream().map(RunReports::part).toList();
    };
  }

  private static PartRow part(Confidence.Part part) {
    String score = part.weight() == 0 ? "unknown" : Confidence.decimal(part.hundredths());
    return new PartRow(part.name(), score, part.weight(), part.reason());
  }

  private static List<String> ignored(Evidence evidence) {
    return evidence.ignored().stream()
        .map(i -> i.count() + " " + i.category() + ": " + i.reason())
        .toList();
  }

  private static String outcome(Stage stage) {
    return switch (stage) {
      case Stage.Executing _ -> "executing";
      case Stage.Verifying _ -> "being verified";
      case Stage.Judged(_, _, _, var asked, _) when asked.isEmpty() -> "passed";
      case Stage.Judged(_, _, _, var asked, var approval) when approval.isEmpty() ->
          "waits for a person: " + String.join("; ", asked);
      case Stage.Judged(_, _, _, _, var approval) -> "approved by a person: " + approval;
      case Stage.Unchanged _ -> "unchanged";
      case Stage.Asked(var question, _) -> "asked: " + question;
      case Stage.Refused(_, var failure) -> "failed: " + failure.message();
      case Stage.Failed(var failure) -> "failed: " + failure.message();
    };
  }

  private static List<CheckRow> checks(Evidence evidence) {
    return evidence.checks().stream().map(RunReports::row).toList();
  }

  private static CheckRow row(Check check) {
    return new CheckRow(check.name().name(), check.verdict(), check.reason());
  }

  private static List<ViolationRow> violations(AttemptStory story) {
    return story.violations().stream()
        .map(v -> new ViolationRow(v.category().name(), v.subject(), v.detail()))
        .toList();
  }
}
