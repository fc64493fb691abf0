package dev.capstan.verification.rendering;

import dev.capstan.core.evidence.Verdict;
import dev.capstan.verification.rendering.RunReport.AttemptReport;
import dev.capstan.verification.rendering.RunReport.CheckRow;
import dev.capstan.verification.rendering.RunReport.StepReport;
import dev.capstan.verification.rendering.RunReport.ViolationRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/** Runs to be told. */
final class ReportExamples {
  private ReportExamples() {}

  /** Three steps: one passed at the second try, one was approved by a person, one was skipped. */
  static RunReport usual() {
    return new RunReport(
        "r-20261121-7f3a",
        "shop",
        "Migrate the tests from JUnit 4 to JUnit 6.\n\nKeep every test case and the coverage.",
        "COMPLETED",
        "delivered",
        "3b7e1c09d2a84f5566778899aabbccddeeff0011",
        "main",
        "capstan/r-20261121-7f3a",
        "91d0c2f4a7b6e5d4c3b2a19080706f5e4d3c2b1a",
        "412 tests passed, 0 failed, 3 skipped; 81.2 % of lines covered.",
        List.of(migrate(), cleanUp(), docs()),
        List.of(
            new CheckRow("BUILD", Verdict.PASS, "mvn verify succeeded in 48 s"),
            new CheckRow("TESTS", Verdict.PASS, "412 passed before, 412 pass now; none is missing"),
            new CheckRow("COVERAGE", Verdict.PASS, "81.2 % → 81.9 % of lines (+0.7)"),
            new CheckRow("SCOPE", Verdict.PASS, "38 of 38 changed files lie in the scope")),
        Instant.parse("2026-11-21T10:15:30.250Z"),
        Duration.ofSeconds(252),
        List.of(
            "git fetch origin capstan/r-20261121-7f3a",
            "git checkout 91d0c2f4a7b6e5d4c3b2a19080706f5e4d3c2b1a",
            "mvn -B verify"));
  }

  private static StepReport migrate() {
    return new StepReport(
        "migrate-tests",
        "test",
        "Move test classes to org.junit.jupiter",
        "JUnit 4 is no longer maintained",
        "COMPLETED",
        "",
        List.of("**/src/test/**", "pom.xml"),
        List.of(
            new AttemptReport(
                1,
                "mvn rewrite:run -Drewrite.activeRecipes=JUnit4to5Migration",
                "failed: 2 test cases that passed before fail now",
                "5f0e1d2c3b4a59687766554433221100ffeeddcc",
                36,
                702,
                688,
                Duration.ofSeconds(71),
                List.of(
                    new CheckRow("BUILD", Verdict.PASS, "mvn verify compiled in 31 s"),
                    new CheckRow("TESTS", Verdict.FAIL, "412 passed before, 410 pass now")),
                List.of(
                    new ViolationRow(
                        "TEST_FAILED",
                        "shop.cart.CartTest.total_is_rounded",
                        "expected to pass as before; expected: 10.00, but was: 9.99"))),
            passed(2, "mvn rewrite:run -Drewrite.activeRecipes=JUnit4to5Migration -Drounding")));
  }

  private static AttemptReport passed(int number, String engine) {
    return new AttemptReport(
            number,
            engine,
            "passed",
            "91d0c2f4a7b6e5d4c3b2a19080706f5e4d3c2b1a",
            38,
            710,
            694,
            Duration.ofMillis(93_400),
            List.of(
                new CheckRow("BUILD", Verdict.PASS, "mvn verify succeeded in 44 s"),
                new CheckRow("TESTS", Verdict.PASS, "412 passed before, 412 pass now"),
                new CheckRow("COVERAGE", Verdict.PASS, "81.2 % → 81.2 % of lines (±0.0)"),
                new CheckRow("SCOPE", Verdict.PASS, "38 of 38 changed files lie in the scope")),
            List.of())
        .formatted("formatter: spotless; formatted 2 of the changed files");
  }

  private static StepReport cleanUp() {
    return new StepReport(
        "remove-vintage",
        "refactor",
        "Remove the vintage engine",
        "nothing needs it once the tests have moved",
        "COMPLETED",
        "",
        List.of("pom.xml"),
        List.of(
            new AttemptReport(
                1,
                "sh tools/drop-dependency.sh junit-vintage-engine",
                "approved by a person: coverage of one module cannot be compared, read by hand",
                "91d0c2f4a7b6e5d4c3b2a19080706f5e4d3c2b1a",
                1,
                0,
                6,
                Duration.ofSeconds(52),
                List.of(
                    new CheckRow("BUILD", Verdict.PASS, "mvn verify succeeded in 41 s"),
                    new CheckRow("TESTS", Verdict.PASS, "412 passed before, 412 pass now"),
                    new CheckRow(
                        "COVERAGE",
                        Verdict.NOT_COMPARABLE,
                        "81.9 % of lines now; the base commit left no report for shop-web")),
                List.of())));
  }

  private static StepReport docs() {
    return new StepReport(
        "update-docs",
        "docs",
        "Update CONTRIBUTING.md",
        "it names the old runner",
        "SKIPPED",
        "a person does it with the next release",
        List.of("CONTRIBUTING.md"),
        List.of());
  }

  /** As {@link #usual}, with {@code number} steps. */
  static RunReport withSteps(int number) {
    RunReport r = usual();
    return new RunReport(
        r.run(),
        r.project(),
        r.goal(),
        r.status(),
        r.reason(),
        r.baseCommit(),
        r.baseBranch(),
        r.branch(),
        r.tip(),
        r.baseline(),
        Collections.nCopies(number, migrate()),
        r.branchChecks(),
        r.startedAt(),
        r.took(),
        r.reproduce());
  }

  /** A run of which nothing is known yet. */
  static RunReport empty() {
    return new RunReport(
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        List.of(),
        List.of(),
        Instant.EPOCH,
        Duration.ZERO,
        List.of());
  }

  /** {@code attack} in every field that holds text. */
  static RunReport everywhere(String attack) {
    CheckRow check = new CheckRow(attack, Verdict.DID_NOT_RUN, attack);
    ViolationRow violation = new ViolationRow(attack, attack, attack);
    List<AttemptReport> attempts =
        List.of(
            attempt(1, "failed: " + attack, check, violation, attack),
            attempt(2, attack, check, violation, attack));
    StepReport step =
        new StepReport(attack, attack, attack, attack, attack, attack, List.of(attack), attempts);
    return new RunReport(
            attack,
            attack,
            attack,
            attack,
            attack,
            attack,
            attack,
            attack,
            attack,
            attack,
            List.of(step),
            List.of(check),
            Instant.EPOCH,
            Duration.ofSeconds(1),
            List.of(attack))
        .heard(List.of(attack));
  }

  private static AttemptReport attempt(
      int number, String outcome, CheckRow check, ViolationRow violation, String attack) {
    return new AttemptReport(
            number,
            attack,
            outcome,
            attack,
            1,
            2,
            3,
            Duration.ofSeconds(1),
            List.of(check),
            List.of(violation))
        .formatted(attack);
  }
}
