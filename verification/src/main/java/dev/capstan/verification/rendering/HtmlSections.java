package dev.capstan.verification.rendering;

import dev.capstan.verification.rendering.Findings.Gap;
import dev.capstan.verification.rendering.Findings.Place;
import dev.capstan.verification.rendering.Findings.Row;
import dev.capstan.verification.rendering.RunReport.AttemptReport;
import dev.capstan.verification.rendering.RunReport.CheckRow;
import dev.capstan.verification.rendering.RunReport.DecisionRow;
import dev.capstan.verification.rendering.RunReport.PartRow;
import dev.capstan.verification.rendering.RunReport.StepReport;
import dev.capstan.verification.rendering.RunReport.ViolationRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The parts of the page. */
final class HtmlSections {
  private final RunReport report;
  private final Findings findings;

  HtmlSections(RunReport report) {
    this.report = report;
    this.findings = new Findings(report);
  }

  String facts() {
    return """
    <dl class="facts">
    <dt>Why it stands there</dt><dd>%s</dd>
    <dt>Before the change</dt><dd>%s</dd>
    <dt>Base</dt><dd>%s at %s</dd>
    <dt>Branch</dt><dd>%s at %s</dd>
    <dt>Delivered as</dt><dd>%s</dd>
    <dt>Policy</dt><dd>%s</dd>
    <dt>Started</dt><dd>%s</dd>
    </dl>
    """
        .formatted(
            HtmlText.textOr(report.reason(), "not recorded"),
            HtmlText.textOr(report.baseline(), "not measured: no baseline is recorded"),
            HtmlText.code(report.baseBranch()),
            HtmlText.code(report.baseCommit()),
            HtmlText.code(report.branch()),
            HtmlText.code(report.tip()),
            delivered(),
            HtmlText.textOr(report.policy(), "none is recorded"),
            Phrases.instant(report.startedAt()));
  }

  private String delivered() {
    return report.pullRequests().isEmpty()
        ? HtmlText.textOr("", "no pull request is recorded")
        : report.pullRequests().stream().map(HtmlText::code).collect(Collectors.joining(", then "));
  }

  String steps() {
    return list("ol class=\"steps\"", report.steps(), this::step, "The plan has no steps.");
  }

  private String step(StepReport step) {
    List<CheckRow> checks = Findings.standing(step).map(AttemptReport::checks).orElseGet(List::of);
    String confidence = Findings.standing(step).map(AttemptReport::confidence).orElse("");
    return """
    <li>
    <h3>%s %s %s</h3>
    <p>%s</p>%s%s%s</li>
    """
        .formatted(
            HtmlText.code(step.id()),
            HtmlText.textOr(step.title(), "untitled"),
            HtmlBadges.status(step.status()),
            HtmlText.textOr(step.reason(), "no reason is recorded"),
            step.detail().isBlank() ? "" : softly(step.detail()),
            confidence.isBlank() ? "" : softly("Confidence " + confidence),
            badges(checks));
  }

  private static String softly(String raw) {
    return "\n<p class=\"soft\">" + HtmlText.text(raw) + "</p>";
  }

  private static String badges(List<CheckRow> checks) {
    return checks.isEmpty()
        ? "\n"
        : checks.stream()
            .map(check -> "<li>" + HtmlBadges.check(check) + "</li>")
            .collect(Collectors.joining("\n", "\n<ul class=\"checks\">\n", "\n</ul>\n"));
  }

  String evidence() {
    List<Row> rows = findings.evidence();
    if (rows.isEmpty()) {
      return absent("Nothing was measured.");
    }
    return """
    <table>
    <thead><tr><th scope="col">Step</th><th scope="col">Check</th>\
    <th scope="col">Verdict</th><th scope="col">Reason</th></tr></thead>
    %s</table>
    """
        .formatted(groups(rows));
  }

  private static String groups(List<Row> rows) {
    return rows.stream()
        .collect(Collectors.groupingBy(Row::place, LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(HtmlSections::group)
        .collect(Collectors.joining());
  }

  private static String group(List<Row> rows) {
    String head =
        String.format(
            Locale.ROOT,
            "<th scope=\"rowgroup\" rowspan=\"%d\">%s</th>",
            rows.size(),
            where(rows.getFirst().place()));
    return rows.stream()
        .map(HtmlSections::cells)
        .collect(Collectors.joining("</tr>\n<tr>", "<tbody>\n<tr>" + head, "</tr>\n</tbody>\n"));
  }

  private static String cells(Row row) {
    return "<td>%s</td><td>%s</td><td>%s</td>"
        .formatted(
            HtmlText.text(Phrases.status(row.check().name())),
            HtmlBadges.verdict(row.check().verdict()),
            HtmlText.textOr(row.check().reason(), "not recorded"));
  }

  String gaps() {
    return list(
        "ul class=\"gaps\"", findings.gaps(), this::gap, "Every check was made of every step.");
  }

  private String gap(Gap gap) {
    return "<li>%s, %s: %s</li>\n"
        .formatted(
            HtmlText.text(Phrases.status(gap.check())),
            gap.places().stream().map(HtmlSections::where).collect(Collectors.joining(", ")),
            HtmlText.text(gap.why()));
  }

  private static String where(Place place) {
    return switch (place) {
      case Place.WholeBranch _ -> "the whole branch";
      case Place.OfStep(var id) -> HtmlText.code(id);
    };
  }

  String history() {
    List<String> attempts =
        report.steps().stream()
            .flatMap(step -> step.attempts().stream().map(attempt -> attempt(step, attempt)))
            .toList();
    return list("ol class=\"attempts\"", attempts, a -> a, "No attempt was made.");
  }

  private String attempt(StepReport step, AttemptReport attempt) {
    return String.format(
        Locale.ROOT,
        """
        <li>
        <h3>%s <bdi>attempt %d</bdi> %s</h3>
        %s<p class="soft">%s · %s in %s · commit %s</p>
        <p class="soft">by %s</p>%s%s%s%s</li>
        """,
        HtmlText.code(step.id()),
        attempt.number(),
        HtmlBadges.outcome(attempt),
        why(attempt.outcome()),
        Phrases.duration(attempt.took()),
        Phrases.lines(attempt.linesAdded(), attempt.linesDeleted()),
        Phrases.count(attempt.files(), "file", "files"),
        HtmlText.code(attempt.commit()),
        HtmlText.code(attempt.engine()),
        Findings.hasFailed(attempt) ? checks(attempt.checks()) : badges(attempt.checks()),
        formatting(attempt),
        violations(attempt.violations()),
        confidence(attempt));
  }

  private static String formatting(AttemptReport attempt) {
    return attempt.formatting().isBlank()
        ? ""
        : "<p class=\"soft\">Formatting: " + HtmlText.text(attempt.formatting()) + "</p>\n";
  }

  /** Of an attempt that was refused, what refused it, with the figures. */
  private static String checks(List<CheckRow> checks) {
    return checks.isEmpty()
        ? "\n"
        : checks.stream()
            .map(check ->
                "<tr><td>%s</td><td>%s</td><td>%s</td></tr>\n"
                    .formatted(
                        HtmlText.text(Phrases.status(check.name())),
                        HtmlBadges.verdict(check.verdict()),
                        HtmlText.textOr(check.reason(), "not recorded")))
            .collect(
                Collectors.joining(
                    "",
                    """

                    <table>
                    <thead><tr><th scope="col">Check</th><th scope="col">Verdict</th>\
                    <th scope="col">Reason</th></tr></thead>
                    <tbody>
                    """,
                    "</tbody>\n</table>\n"));
  }

  private static String confidence(AttemptReport attempt) {
    if (attempt.confidence().isBlank()) {
      return "";
    }
    String ignored =
        attempt.ignored().stream()
            .map(i -> "<p>Ignored by policy: " + HtmlText.text(i) + "</p>\n")
            .collect(Collectors.joining());
    return """
    %s<details>
    <summary>Confidence %s</summary>
    <table>
    <thead><tr><th scope="col">Part</th><th scope="col">Score</th><th scope="col">Weight</th>\
    <th scope="col">Reason</th></tr></thead>
    <tbody>
    %s</tbody>
    </table>
    </details>
    """
        .formatted(
            ignored,
            HtmlText.text(attempt.confidence()),
            attempt.parts().stream().map(HtmlSections::part).collect(Collectors.joining()));
  }

  private static String part(PartRow part) {
    return "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>\n"
        .formatted(
            HtmlText.text(part.name()),
            HtmlText.text(part.score()),
            Integer.toString(part.weight()),
            HtmlText.text(part.reason()));
  }

  String decisions() {
    return list("ul class=\"gaps\"", report.decisions(), this::decision, "Nobody was asked.");
  }

  private String decision(DecisionRow decision) {
    return "<li>%s %s %s%s <span class=\"soft\">%s</span></li>\n"
        .formatted(
            HtmlText.text(decision.by()),
            HtmlText.text(decision.what()),
            HtmlText.text(decision.about()),
            decision.comment().isBlank() ? "" : ": " + HtmlText.text(decision.comment()),
            Phrases.instant(decision.at()));
  }

  /** What the badge leaves out of an outcome. */
  private static String why(String outcome) {
    int colon = outcome.indexOf(':');
    return colon < 0 ? "" : "<p>" + HtmlText.text(outcome.substring(colon + 1)) + "</p>\n";
  }

  private static String violations(List<ViolationRow> violations) {
    return violations.isEmpty()
        ? ""
        : violations.stream()
            .map(HtmlSections::violation)
            .collect(Collectors.joining("", "<ul class=\"gaps\">\n", "</ul>\n"));
  }

  private static String violation(ViolationRow violation) {
    return "<li>%s %s: %s</li>\n"
        .formatted(
            HtmlText.text(Phrases.status(violation.category())),
            HtmlText.code(violation.subject()),
            HtmlText.textOr(violation.detail(), "no detail is recorded"));
  }

  String byHand() {
    return report.reproduce().isEmpty()
        ? absent("No commands are recorded.")
        : report.reproduce().stream()
            .map(line -> HtmlText.escaped(VisibleText.exact(line, HtmlText.LINE)))
            .collect(Collectors.joining("\n", "<pre>", "</pre>\n"));
  }

  private static <T> String list(
      String element, List<T> items, Function<T, String> item, String absent) {
    return items.isEmpty()
        ? absent(absent)
        : items.stream()
            .map(item)
            .collect(
                Collectors.joining(
                    "", "<" + element + ">\n", "</" + element.substring(0, 2) + ">\n"));
  }

  private static String absent(String words) {
    return "<p class=\"absent\">" + HtmlText.escaped(words) + "</p>\n";
  }
}
