package dev.capstan.verification.rendering;

import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A run told as one HTML page: no script, no font, no picture, nothing that is fetched. Whatever
 * the run's texts hold, they show as text.
 */
public final class HtmlReport {
  private HtmlReport() {}

  /** The whole page, in UTF-8. */
  public static String page(RunReport report) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
    style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="referrer" content="no-referrer">
    <title>Run %s: %s</title>
    <style>
    %s</style>
    </head>
    <body>
    <main>
    %s</main>
    </body>
    </html>
    """
        .formatted(
            HtmlText.plain(Phrases.or(report.run(), "not recorded")),
            HtmlText.plain(Phrases.status(report.status())),
            HtmlStyle.CSS,
            main(report));
  }

  private static String main(RunReport report) {
    HtmlSections sections = new HtmlSections(report);
    return head(report)
        + section("What was asked", goal(report) + sections.facts())
        + section("What was done", sections.steps())
        + section("Evidence", sections.evidence())
        + heard(report)
        + section("What was decided", sections.decisions())
        + section("What was not checked", sections.gaps())
        + section("Every attempt", sections.history())
        + section("How to check it by hand", sections.byHand())
        + "<footer>Told from the log of run %s.</footer>\n".formatted(HtmlText.code(report.run()));
  }

  /** Empty if nobody said anything since. */
  private static String heard(RunReport report) {
    if (report.heard().isEmpty()) {
      return "";
    }
    String items =
        report.heard().stream()
            .map(line -> "<li>" + HtmlText.text(line) + "</li>\n")
            .collect(Collectors.joining());
    return section("Heard since it was delivered", "<ul>\n" + items + "</ul>\n");
  }

  private static String section(String title, String content) {
    return "<section>\n<h2>%s</h2>\n%s</section>\n".formatted(title, content);
  }

  private static String head(RunReport report) {
    return """
    <header>
    <p class="over">Capstan · project %s · run %s</p>
    <h1>%s</h1>
    <p>%s %s</p>
    %s</header>
    """
        .formatted(
            HtmlText.code(report.project()),
            HtmlText.code(report.run()),
            title(report),
            HtmlBadges.status(report.status()),
            HtmlText.escaped(summary(report)),
            figures(report));
  }

  private static String title(RunReport report) {
    return VisibleText.lines(report.goal(), MarkdownLimits.BODY.title()).stream()
        .findFirst()
        .map(line -> "<bdi>" + HtmlText.escaped(line) + "</bdi>")
        .orElseGet(() -> HtmlText.textOr("", "No goal is recorded"));
  }

  private static String goal(RunReport report) {
    return report.goal().isBlank()
        ? "<p class=\"absent\">No goal is recorded.</p>\n"
        : "<blockquote>" + HtmlText.paragraph(report.goal()) + "</blockquote>\n";
  }

  private static String summary(RunReport report) {
    Totals totals = Totals.of(report);
    String models = report.models().isEmpty() ? "" : " Language models: " + report.models();
    return "%s; %s.%s".formatted(totals.stepsInWords(), totals.checksInWords(), models);
  }

  private static String figures(RunReport report) {
    Totals totals = Totals.of(report);
    return String.format(
        Locale.ROOT,
        """
        <dl class="figures">
        <div><dt>Steps completed</dt><dd>%,d of %,d<small>%,d skipped, %,d blocked</small></dd></div>
        <div><dt>Checks passed</dt><dd>%,d of %,d<small>%,d failed, %,d undecided</small></dd></div>
        <div><dt>Lines</dt><dd>+%,d −%,d<small>summed over the steps</small></dd></div>
        <div><dt>Attempts</dt><dd>%,d<small>%,d failed</small></dd></div>
        <div><dt>Time</dt><dd>%s</dd></div>
        </dl>
        """,
        totals.completed(),
        totals.steps(),
        totals.skipped(),
        totals.blocked(),
        totals.passed(),
        totals.checks(),
        totals.failed(),
        totals.unsettled(),
        totals.added(),
        totals.deleted(),
        totals.attempts(),
        totals.failedAttempts(),
        Phrases.duration(report.took()));
  }
}
