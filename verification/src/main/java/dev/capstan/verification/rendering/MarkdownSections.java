package dev.capstan.verification.rendering;

import dev.capstan.core.evidence.Verdict;
import dev.capstan.verification.rendering.Findings.FailedAttempt;
import dev.capstan.verification.rendering.Findings.Gap;
import dev.capstan.verification.rendering.Findings.Place;
import dev.capstan.verification.rendering.Findings.Row;
import dev.capstan.verification.rendering.RunReport.AttemptReport;
import dev.capstan.verification.rendering.RunReport.CheckRow;
import dev.capstan.verification.rendering.RunReport.DecisionRow;
import dev.capstan.verification.rendering.RunReport.StepReport;
import dev.capstan.verification.rendering.RunReport.ViolationRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The parts that the body of a pull request and the report of a run share. */
final class MarkdownSections {
  private static final String TABLE_HEAD =
      """
      | Step | Check | Verdict | Reason |
      | --- | --- | --- | --- |
      """;

  private final RunReport report;
  private final Findings findings;
  private final MarkdownLimits limits;

  MarkdownSections(RunReport report, MarkdownLimits limits) {
    this.report = report;
    this.findings = new Findings(report);
    this.limits = limits;
  }

  String figures() {
    Totals totals = Totals.of(report);
    return "**%s** · **%s** · %s · %s · %s"
        .formatted(
            totals.stepsInWords(),
            totals.checksInWords(),
            Phrases.lines(totals.added(), totals.deleted()),
            totals.attemptsInWords(),
            Phrases.duration(report.took()));
  }

  String asked() {
    return """
    ## What was asked

    %s

    From %s at %s. Before the change: %s
    %s
    """
        .formatted(
            report.goal().isBlank()
                ? "_No goal is recorded._"
                : MarkdownText.quote(report.goal(), MarkdownLimits.GOAL),
            codeOr(report.baseBranch(), "a branch that is not recorded"),
            codeOr(report.baseCommit(), "a commit that is not recorded"),
            proseOr(report.baseline(), "not measured: no baseline is recorded."),
            report.policy().isBlank() ? "" : "\nPolicy: " + text(report.policy()) + ".");
  }

  /** Empty if no attempt that stands was scored. */
  String confidence() {
    List<String> rows = new ArrayList<>();
    for (StepReport step : report.steps()) {
      Findings.standing(step)
          .filter(attempt -> !attempt.confidence().isBlank())
          .ifPresent(attempt -> rows.add(confidenceItem(step, attempt)));
    }
    return rows.isEmpty() ? "" : section("Confidence", rows, "");
  }

  private String confidenceItem(StepReport step, AttemptReport attempt) {
    return "- %s: %s".formatted(code(step.id()), reason(attempt.confidence()))
        + attempt.ignored().stream()
            .map(ignored -> "\n  - ignored by policy: " + reason(ignored))
            .collect(Collectors.joining());
  }

  /** Empty if nobody decided anything. */
  String decisions() {
    List<String> rows = report.decisions().stream().map(this::decisionItem).toList();
    return rows.isEmpty() ? "" : section("What was decided", rows, "");
  }

  private String decisionItem(DecisionRow decision) {
    return "- %s: %s %s%s"
        .formatted(
            MarkdownText.text(decision.by(), MarkdownLimits.CODE),
            MarkdownText.text(decision.what(), MarkdownLimits.CODE),
            text(decision.about()),
            decision.comment().isBlank() ? "" : ": " + reason(decision.comment()));
  }

  String done() {
    List<String> rows = report.steps().stream().map(this::checklistItem).toList();
    return section("What was done", rows, "The plan has no steps.");
  }

  private String checklistItem(StepReport step) {
    boolean completed = step.status().strip().equalsIgnoreCase("COMPLETED");
    String line =
        "- [%s] %s **%s**"
            .formatted(completed ? "x" : " ", code(step.id()), proseOr(step.title(), "untitled"));
    String why = step.reason().isBlank() ? "" : ": " + text(step.reason());
    String state = completed ? "" : " (" + MarkdownText.text(stateOf(step), limits.reason()) + ")";
    return line + why + state + Findings.standing(step).map(this::remark).orElse("");
  }

  /** What a reviewer should know of an attempt that did not simply pass. */
  private String remark(AttemptReport attempt) {
    String outcome = Findings.hasPassed(attempt) ? "" : " (" + reason(attempt.outcome()) + ")";
    return outcome + violations(attempt.violations(), "  ");
  }

  private static String stateOf(StepReport step) {
    String status = Phrases.status(step.status());
    return step.detail().isBlank() ? status : status + ": " + step.detail();
  }

  String evidence() {
    List<String> rows = findings.evidence().stream().map(this::evidenceRow).toList();
    if (rows.isEmpty()) {
      return section("Evidence", rows, "Nothing was measured.");
    }
    MarkdownLimits.Kept kept = limits.keep(rows);
    return "## Evidence\n\n" + TABLE_HEAD + String.join("\n", kept.rows()) + "\n" + left(kept);
  }

  private String evidenceRow(Row row) {
    return "| %s | %s | %s | %s |"
        .formatted(
            where(row.place()),
            name(row.check().name()),
            badge(row.check().verdict()),
            reason(row.check().reason()));
  }

  /** The name of a check, which the core spells in capitals. */
  private static String name(String check) {
    return MarkdownText.text(Phrases.status(check), MarkdownLimits.CODE);
  }

  static String badge(Verdict verdict) {
    String word = Phrases.verdict(verdict);
    return switch (verdict) {
      case PASS -> "✅ " + word;
      case FAIL -> "❌ **" + word + "**";
      case DID_NOT_RUN, NOT_COMPARABLE -> "⚪ " + word;
    };
  }

  String notChecked() {
    List<String> rows = findings.gaps().stream().map(this::gapItem).toList();
    return section("What was not checked", rows, "Every check was made of every step.");
  }

  private String gapItem(Gap gap) {
    String places =
        gap.places().stream().map(MarkdownSections::where).collect(Collectors.joining(", "));
    return "- %s, %s: %s".formatted(name(gap.check()), places, reason(gap.why()));
  }

  /** Empty if no attempt failed. */
  String failures() {
    List<String> rows = findings.failures().stream().map(this::failureItem).toList();
    if (rows.isEmpty()) {
      return "";
    }
    MarkdownLimits.Kept kept = limits.keep(rows);
    return """
    <details>
    <summary>%s on the way</summary>

    %s
    %s
    </details>
    """
        .formatted(
            Phrases.count(rows.size(), "failed attempt", "failed attempts"),
            String.join("\n", kept.rows()),
            left(kept));
  }

  private String failureItem(FailedAttempt failure) {
    String checks =
        failure.attempt().checks().stream()
            .map(check -> "\n  - " + check(check))
            .collect(Collectors.joining());
    String line =
        String.format(
            Locale.ROOT,
            "- %s attempt %d, %s: %s",
            code(failure.step().id()),
            failure.attempt().number(),
            Phrases.duration(failure.attempt().took()),
            reason(failure.attempt().outcome()));
    return line + checks + violations(failure.attempt().violations(), "  ");
  }

  /** One check on one line. */
  String check(CheckRow check) {
    return "%s %s: %s"
        .formatted(badge(check.verdict()), name(check.name()), reason(check.reason()));
  }

  /** Each on a line of its own that starts with a line end. */
  String violations(List<ViolationRow> violations, String indent) {
    int dropped = violations.size() - limits.violations();
    return violations.stream()
            .limit(limits.violations())
            .map(v -> "\n" + indent + violation(v))
            .collect(Collectors.joining())
        + (dropped > 0
            ? String.format(Locale.ROOT, "\n%s- %,d more violations", indent, dropped)
            : "");
  }

  private String violation(ViolationRow v) {
    return "- %s %s: %s".formatted(name(v.category()), code(v.subject()), reason(v.detail()));
  }

  String byHand() {
    List<String> shown =
        report.reproduce().stream()
            .map(line -> VisibleText.exact(line, MarkdownLimits.COMMAND))
            .toList();
    if (shown.isEmpty()) {
      return section("How to check it by hand", List.of(), "No commands are recorded.");
    }
    MarkdownLimits.Kept kept = limits.keep(shown);
    String changed =
        shown.equals(report.reproduce())
            ? ""
            : "\nNot to be pasted: a command was cut, or holds characters that do not show.\n";
    return "## How to check it by hand\n\n"
        + MarkdownText.fenced("sh", kept.rows())
        + ("\n" + changed + left(kept));
  }

  private String section(String title, List<String> rows, String absent) {
    MarkdownLimits.Kept kept = limits.keep(rows);
    String body = rows.isEmpty() ? absent : String.join("\n", kept.rows());
    return "## " + title + "\n\n" + body + "\n" + left(kept);
  }

  private static String left(MarkdownLimits.Kept kept) {
    return kept.dropped() == 0
        ? ""
        : String.format(Locale.ROOT, "\n_%,d more in the report of the run._\n", kept.dropped());
  }

  private static String where(Place place) {
    return switch (place) {
      case Place.WholeBranch _ -> "the whole branch";
      case Place.OfStep(var id) -> code(id);
    };
  }

  private String reason(String raw) {
    return MarkdownText.text(Phrases.or(raw, "not recorded"), limits.reason());
  }

  private String text(String raw) {
    return MarkdownText.text(raw, limits.title());
  }

  private String proseOr(String raw, String absent) {
    return text(Phrases.or(raw, absent));
  }

  static String code(String raw) {
    return codeOr(raw, "not recorded");
  }

  static String codeOr(String raw, String absent) {
    return raw.isBlank() ? absent : MarkdownText.code(raw, MarkdownLimits.CODE);
  }
}
