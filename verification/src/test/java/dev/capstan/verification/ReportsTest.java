package dev.capstan.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.verification.Measurement.Build;
import dev.capstan.verification.Measurement.Coverage;
import dev.capstan.verification.Measurement.FileCoverage;
import dev.capstan.verification.Measurement.TestCase;
import dev.capstan.verification.Reports.CommandResult;
import dev.capstan.verification.Reports.CommandResult.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a folder full of foreign files to a measurement. */
final class ReportsTest {
  @TempDir Path folder;
  private Path tree = Path.of("");
  private Path reports = Path.of("");

  @BeforeEach
  void folders() throws IOException {
    tree = Files.createDirectory(folder.resolve("tree"));
    reports = folder.resolve("reports");
  }

  @Test
  void a_repeated_case_is_numbered_and_none_is_lost() throws IOException {
    write(tree.resolve("a/r.xml"), suite("<testcase name='t'/><testcase name='t'/>"));
    write(tree.resolve("b/r.xml"), suite("<testcase name='t #2'/><testcase name='t'/>"));
    assertThat(measure(ended(0)).tests())
        .extracting(TestCase::id)
        .containsExactly("s > t", "s > t #2", "s > t #2 #2", "s > t #3");
  }

  @Test
  void two_clones_measure_the_same() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    for (Path clone : List.of(tree, other)) {
      String place = clone.toRealPath().toString();
      write(
          clone.resolve("r.xml"),
          suite(
              "<testcase name='%s/a.js and file://%s/b.js in %s'><failure>at %s/a.js:1</failure></testcase>"
                  .formatted(place, place, place, place)));
    }
    Measurement first = measure(ended(1));
    tree = other;
    assertThat(measure(ended(1))).isEqualTo(first);
    assertThat(first.tests().getFirst().id()).doesNotContain(folder.toString());
    assertThat(first.tests().getFirst().message()).isEqualTo("at a.js:1");
  }

  @Test
  void reports_are_found_in_both_folders() throws IOException {
    write(tree.resolve("x/r.xml"), suite("<testcase name='a'/>"));
    write(reports.resolve("r.xml"), suite("<testcase name='b'/>"));
    assertThat(measure(ended(0)).tests())
        .extracting(TestCase::id)
        .containsExactly("s > a", "s > b");
  }

  @Test
  void a_broken_report_is_a_problem() throws IOException {
    write(tree.resolve("x/r.xml"), "<testsuite>");
    assertThat(measure(ended(0)).problems())
        .singleElement()
        .asString()
        .startsWith("x/r.xml: not well-formed XML");
  }

  @Test
  void a_link_is_a_problem_and_not_followed() throws IOException {
    Path outside = folder.resolve("outside.xml");
    write(outside, suite("<testcase name='a'/>"));
    Files.createSymbolicLink(tree.resolve("r.xml"), outside);
    Measurement measurement = measure(ended(0));
    assertThat(measurement.tests()).isEmpty();
    assertThat(measurement.problems())
        .containsExactly("r.xml: it is a symbolic link, which is not followed");
  }

  @Test
  void a_linked_folder_is_not_entered() throws IOException {
    write(folder.resolve("outside/r.xml"), suite("<testcase name='a'/>"));
    Files.createSymbolicLink(tree.resolve("x"), folder.resolve("outside"));
    assertThat(measure(ended(0)).tests()).isEmpty();
  }

  @Test
  void a_folder_named_like_a_report_is_no_report() throws IOException {
    Files.createDirectories(tree.resolve("r.xml"));
    assertThat(measure(ended(0)).problems()).isEmpty();
  }

  @Test
  void failing_tests_do_not_break_the_build() throws IOException {
    write(
        tree.resolve("r.xml"),
        suite("<testcase name='a'><failure>a.c:1: error: no</failure></testcase>"));
    assertThat(measure(ended(1, "a.c:1: error: no")).build()).isEqualTo(new Build.Built(1));
  }

  @Test
  void a_build_that_ends_badly_though_no_test_fails_says_why() throws IOException {
    write(tree.resolve("r.xml"), suite("<testcase name='a'/>"));

    Measurement javadoc =
        measure(
            ended(
                1,
                "[INFO] BUILD FAILURE",
                "[ERROR] Failed to execute goal javadoc: JAVA_HOME is not set -> [Help 1]",
                "[ERROR] ",
                "[ERROR] Re-run Maven"));

    assertThat(javadoc.build())
        .isEqualTo(
            new Build.Built(
                1,
                List.of(
                    "[ERROR] Failed to execute goal javadoc: JAVA_HOME is not set -> [Help 1]",
                    "[ERROR] Re-run Maven")));
    assertThat(javadoc.summary()).startsWith("built, exit code 1 ([ERROR] Failed to execute goal");
    assertThat(measure(ended(2, "linking", "it is over", "")).build())
        .isEqualTo(new Build.Built(2, List.of("it is over")));
  }

  @Test
  void a_compiler_that_stops_the_build_breaks_it_though_a_module_was_tested() throws IOException {
    write(tree.resolve("r.xml"), suite("<testcase name='a'/>"));
    assertThat(
            measure(
                    ended(
                        1,
                        "[ERROR] COMPILATION ERROR : ",
                        "[ERROR] " + tree.toRealPath() + "/b/Cart.java:[12,5] cannot find symbol"))
                .build())
        .isEqualTo(
            new Build.Broken(
                "compilation failed, exit code 1", List.of("b/Cart.java:12: cannot find symbol")));
  }

  @Test
  void a_failure_that_reports_nothing_is_a_broken_build() {
    assertThat(measure(ended(2, "no such goal")).build())
        .isEqualTo(new Build.Broken("exit code 2 and no test was reported", List.of()));
  }

  @Test
  void other_endings_are_kept() {
    Duration limit = Duration.ofMinutes(1);
    assertThat(measure(new Ending.TimedOut(limit)).build()).isEqualTo(new Build.TimedOut(limit));
    assertThat(measure(new Ending.NotStarted("no make")).build())
        .isEqualTo(new Build.NotRun("no make"));
  }

  @Test
  void coverage_finds_the_file_in_its_module_and_merges_reports() throws IOException {
    write(tree.resolve("app/src/main/java/shop/Cart.java"), "");
    write(
        tree.resolve("app/target/one.lcov"),
        "TN:\nSF:shop/Cart.java\nDA:1,1\nDA:2,0\nend_of_record\n");
    write(
        tree.resolve("app/target/two.lcov"),
        "TN:\nSF:shop/Cart.java\nDA:1,0\nDA:2,1\nDA:3,0\nend_of_record\n");
    assertThat(measure(ended(0)).coverage())
        .isEqualTo(
            new Coverage.Measured(
                List.of(
                    new FileCoverage(
                        "app/src/main/java/shop/Cart.java",
                        2,
                        1,
                        0,
                        0,
                        List.of(3),
                        List.of(1, 2)))));
  }

  @Test
  void a_broken_coverage_report_makes_coverage_unknown_and_says_which() throws IOException {
    write(tree.resolve("good.lcov"), "TN:\nSF:a.c\nDA:1,1\nend_of_record\n");
    write(tree.resolve("z.lcov"), "what?");
    assertThat(measure(ended(0)).coverage())
        .isEqualTo(
            new Coverage.NotMeasured(
                "z.lcov: neither XML nor LCOV (which begins with TN: or SF:) nor Go's (mode:)"));
  }

  private Measurement measure(CommandResult result) {
    return Reports.measure(result, tree, reports, List.of("**/r.xml"), List.of("**/*.lcov"));
  }

  private Measurement measure(Ending ending) {
    return measure(new CommandResult(ending, Duration.ZERO, List.of()));
  }

  private static CommandResult ended(int exitCode, String... lastLines) {
    return new CommandResult(new Ending.Ended(exitCode), Duration.ofSeconds(1), List.of(lastLines));
  }

  private static String suite(String cases) {
    return "<testsuite name='s'>" + cases + "</testsuite>";
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
