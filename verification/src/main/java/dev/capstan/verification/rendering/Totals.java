package dev.capstan.verification.rendering;

import dev.capstan.core.evidence.Verdict;
import dev.capstan.verification.rendering.Findings.Row;
import dev.capstan.verification.rendering.RunReport.AttemptReport;
import dev.capstan.verification.rendering.RunReport.StepReport;
import java.util.List;
import java.util.Locale;

/**
 * A run in figures.
 *
 * @param passed checks of the evidence that passed; attempts that failed do not count
 * @param unsettled checks that did not run or do not compare
 * @param added lines, summed over the steps' standing attempts: a line changed twice counts twice
 */
record Totals(
    int steps,
    long completed,
    long skipped,
    long blocked,
    int attempts,
    int failedAttempts,
    int checks,
    long passed,
    long failed,
    long unsettled,
    long added,
    long deleted) {

  static Totals of(RunReport report) {
    Findings findings = new Findings(report);
    List<Verdict> verdicts =
        findings.evidence().stream().map(Row::check).map(RunReport.CheckRow::verdict).toList();
    List<AttemptReport> standing =
        report.steps().stream().flatMap(step -> Findings.standing(step).stream()).toList();
    return new Totals(
        report.steps().size(),
        count(report, "COMPLETED"),
        count(report, "SKIPPED"),
        count(report, "BLOCKED"),
        report.steps().stream().map(StepReport::attempts).mapToInt(List::size).sum(),
        findings.failures().size(),
        verdicts.size(),
        verdicts.stream().filter(v -> v == Verdict.PASS).count(),
        verdicts.stream().filter(v -> v == Verdict.FAIL).count(),
        verdicts.stream().filter(v -> !Findings.isSettled(v)).count(),
        standing.stream().mapToLong(AttemptReport::linesAdded).sum(),
        standing.stream().mapToLong(AttemptReport::linesDeleted).sum());
  }

  private static long count(RunReport report, String status) {
    return report.steps().stream()
        .filter(step -> step.status().strip().toUpperCase(Locale.ROOT).equals(status))
        .count();
  }

  /** For example {@code 2 of 3 steps completed, 1 skipped}. */
  String stepsInWords() {
    String done =
        String.format(
            Locale.ROOT, "%,d of %s completed", completed, Phrases.count(steps, "step", "steps"));
    return done + also(skipped, "skipped") + also(blocked, "blocked");
  }

  /** For example {@code 7 of 9 checks pass, 2 undecided}. */
  String checksInWords() {
    if (checks == 0) {
      return "no check was made";
    }
    String pass =
        String.format(
            Locale.ROOT, "%,d of %s pass", passed, Phrases.count(checks, "check", "checks"));
    return pass + also(failed, "failed") + also(unsettled, "undecided");
  }

  String attemptsInWords() {
    return Phrases.count(attempts, "attempt", "attempts") + also(failedAttempts, "failed");
  }

  private static String also(long number, String what) {
    return number == 0 ? "" : String.format(Locale.ROOT, ", %,d %s", number, what);
  }
}
