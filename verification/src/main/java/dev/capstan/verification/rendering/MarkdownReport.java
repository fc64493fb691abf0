package dev.capstan.verification.rendering;

import dev.capstan.verification.rendering.RunReport.AttemptReport;
import dev.capstan.verification.rendering.RunReport.CheckRow;
import dev.capstan.verification.rendering.RunReport.PartRow;
import dev.capstan.verification.rendering.RunReport.StepReport;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A run told in GitHub Flavored Markdown. Whatever the run's texts hold, they show as text: no
 * mention, no link, no markup, nothing hidden.
 */
public final class MarkdownReport {
  private MarkdownReport() {}

  /** For a reviewer: short, figures first; less than 65,536 characters. */
  public static String pullRequestBody(RunReport report, Handover handover) {
    MarkdownSections sections = new MarkdownSections(report, MarkdownLimits.BODY);
    return join(
        sections.figures(),
        HandoverText.of(handover),
        sections.asked(),
        sections.done(),
        sections.evidence(),
        sections.confidence(),
        sections.decisions(),
        sections.notChecked(),
        sections.failures(),
        sections.byHand(),
        footer(report));
  }

  /** The same with each attempt, its checks and how long it took. */
  public static String report(RunReport report) {
    MarkdownSections sections = new MarkdownSections(report, MarkdownLimits.REPORT);
    return join(
        "# Run " + MarkdownSections.code(report.run()),
        status(report),
        delivered(report),
        heard(report),
        sections.figures(),
        models(report),
        sections.asked(),
        sections.done(),
        sections.evidence(),
        sections.confidence(),
        sections.decisions(),
        sections.notChecked(),
        attempts(report, sections),
        sections.byHand(),
        footer(report));
  }

  private static String status(RunReport report) {
    String status = MarkdownText.text(Phrases.status(report.status()), MarkdownLimits.CODE);
    String why = MarkdownText.text(report.reason(), MarkdownLimits.GOAL);
    return "**%s**%s".formatted(status, why.isEmpty() ? "" : ": " + why);
  }

  /** Empty if it was not delivered. */
  private static String delivered(RunReport report) {
    if (report.pullRequests().isEmpty()) {
      return "";
    }
    String order = report.pullRequests().size() == 1 ? "" : ", to be merged in this order";
    return "Delivered as"
        + order
        + ":\n\n"
        + report.pullRequests().stream()
            .map(url -> "1. " + MarkdownSections.code(url))
            .collect(Collectors.joining("\n"));
  }

  /** Empty if no language model was asked. */
  private static String models(RunReport report) {
    return report.models().isEmpty()
        ? ""
        : "Language models: " + MarkdownText.text(report.models(), MarkdownLimits.GOAL);
  }

  /** Empty if nobody said anything since. */
  private static String heard(RunReport report) {
    return report.heard().isEmpty()
        ? ""
        : "Since then:\n\n"
            + report.heard().stream()
                .map(line -> "- " + MarkdownText.text(line, MarkdownLimits.CODE))
                .collect(Collectors.joining("\n"));
  }

  private static String attempts(RunReport report, MarkdownSections sections) {
    String steps =
        report.steps().stream()
            .map(step -> step(step, sections))
            .collect(Collectors.joining("\n\n"));
    return "## Attempts\n\n" + Phrases.or(steps, "The plan has no steps.");
  }

  private static String step(StepReport step, MarkdownSections sections) {
    String head =
        "### %s %s\n\n%s, %s, may change %s"
            .formatted(
                MarkdownSections.code(step.id()),
                MarkdownText.text(step.title(), MarkdownLimits.REPORT.title()),
                MarkdownText.text(
                    Phrases.or(step.kind(), "kind not recorded"), MarkdownLimits.CODE),
                MarkdownText.text(Phrases.status(step.status()), MarkdownLimits.CODE),
                scope(step.scope()));
    String tried =
        step.attempts().stream()
            .map(attempt -> attempt(attempt, sections))
            .collect(Collectors.joining("\n"));
    return head + "\n\n" + Phrases.or(tried, "No attempt was made.");
  }

  private static String scope(List<String> globs) {
    return globs.isEmpty()
        ? "files that are not recorded"
        : globs.stream().map(MarkdownSections::code).collect(Collectors.joining(", "));
  }

  private static String attempt(AttemptReport attempt, MarkdownSections sections) {
    String line =
        String.format(
            Locale.ROOT,
            "- Attempt %d: %s. %s, %s in %s, commit %s, by %s",
            attempt.number(),
            MarkdownText.text(
                Phrases.or(attempt.outcome(), "no outcome is recorded"),
                MarkdownLimits.REPORT.reason()),
            Phrases.duration(attempt.took()),
            Phrases.lines(attempt.linesAdded(), attempt.linesDeleted()),
            Phrases.count(attempt.files(), "file", "files"),
            MarkdownSections.code(attempt.commit()),
            MarkdownSections.code(attempt.engine()));
    String checks =
        attempt.checks().stream().map(MarkdownReport::check).collect(Collectors.joining());
    String formatting =
        attempt.formatting().isBlank()
            ? ""
            : "\n  - formatting: "
                + MarkdownText.text(attempt.formatting(), MarkdownLimits.REPORT.reason());
    return line
        + checks
        + formatting
        + sections.violations(attempt.violations(), "  ")
        + attempt.parts().stream().map(MarkdownReport::part).collect(Collectors.joining());
  }

  private static String part(PartRow part) {
    return String.format(
        Locale.ROOT,
        "\n  - confidence, %s %s, weight %d: %s",
        MarkdownText.text(part.name(), MarkdownLimits.CODE),
        MarkdownText.text(part.score(), MarkdownLimits.CODE),
        part.weight(),
        MarkdownText.text(part.reason(), MarkdownLimits.REPORT.reason()));
  }

  private static String check(CheckRow check) {
    return "\n  - %s %s: %s"
        .formatted(
            MarkdownSections.badge(check.verdict()),
            MarkdownText.text(Phrases.status(check.name()), MarkdownLimits.CODE),
            MarkdownText.text(
                Phrases.or(check.reason(), "no reason is recorded"),
                MarkdownLimits.REPORT.reason()));
  }

  private static String footer(RunReport report) {
    return """
    ---

    Capstan run %s on project %s, %s. Started %s, took %s. Branch %s, last commit %s.
    """
        .formatted(
            MarkdownSections.code(report.run()),
            MarkdownSections.code(report.project()),
            MarkdownText.text(Phrases.status(report.status()), MarkdownLimits.CODE),
            Phrases.instant(report.startedAt()),
            Phrases.duration(report.took()),
            MarkdownSections.code(report.branch()),
            MarkdownSections.code(report.tip()));
  }

  private static String join(String... parts) {
    return Arrays.stream(parts)
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("\n\n"))
        + "\n";
  }
}
