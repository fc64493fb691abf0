package dev.capstan.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.capstan.core.evidence.Expectations;
import dev.capstan.core.evidence.Rules;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.core.plan.Scope;
import dev.capstan.verification.Judge.Finding;
import dev.capstan.verification.Submission.Changed;
import dev.capstan.verification.Submission.Changed.Kind;
import dev.capstan.workspace.optout.OptOut;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may not be changed, by example. */
final class ScopeCheckTest {
  private static final Measurement NOTHING =
      new Measurement(
          new Measurement.Build.Built(0),
          List.of(),
          List.of(),
          new Measurement.Coverage.NotMeasured("none"),
          Duration.ZERO);

  @Test
  void policy_protects_paths_whatever_the_scope_says() {
    assertThat(categories(Files.of(), List.of("src/**"), "src/LICENSE", "src/a.c"))
        .containsExactly(Category.PROTECTED_FILE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"# NO_LLM\n", "\n\n// keep: NO_LLM\n", "/*\n * NO_LLM\n */", "<!-- NO_LLM -->"})
  void a_file_that_said_no_before_the_change_is_kept(String text) {
    assertThat(categories(Files.of("a.c", text), List.of(), "a.c"))
        .containsExactly(Category.PROTECTED_FILE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x = NO_LLM\n", "\n\n\n\n\n\n\n\n\n\n# NO_LLM\n"})
  void a_file_that_did_not_is_not(String text) {
    assertThat(categories(Files.of("a.c", text), List.of(), "a.c")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "secret/, secret/deep/a.txt, true",
    "secret/, other/secret/a.txt, true",
    "/secret, other/secret, false",
    "*.pem, keys/server.pem, true",
    "docs/*.md, docs/a.md, true",
    "docs/*.md, docs/deep/a.md, false",
    "**/gen/**, a/gen/b/c, true",
    "file[0-9].txt, file7.txt, true",
    "# a.txt, a.txt, false",
    "\\#a.txt, #a.txt, true"
  })
  void the_list_reads_like_gitignore(String pattern, String path, boolean kept) {
    assertThat(categories(Files.of(OptOut.LIST, pattern + "\n"), List.of(), path))
        .hasSize(kept ? 1 : 0);
  }

  @Test
  void a_later_line_of_the_list_goes_before() {
    Files base = Files.of(OptOut.LIST, "*.txt\n!free.txt\n");
    assertThat(subjects(base, "kept.txt", "free.txt")).containsExactly("kept.txt");
  }

  @Test
  void a_hostile_list_takes_no_time() {
    String list = "*a".repeat(240) + "b\n";
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThat(subjects(Files.of(OptOut.LIST, list.repeat(2_000)), "a".repeat(250)))
                .isEmpty());
  }

  @Test
  void a_binary_file_has_to_be_named() {
    assertThat(binary(List.of(), "logo.png", Kind.ADDED)).containsExactly(Category.BINARY_FILE);
    assertThat(binary(List.of("img/**"), "img/logo.png", Kind.MODIFIED))
        .containsExactly(Category.BINARY_FILE);
    assertThat(binary(List.of("img/**", "**/*.png"), "img/logo.png", Kind.ADDED)).isEmpty();
    assertThat(binary(List.of(), "logo.png", Kind.DELETED)).isEmpty();
  }

  private static List<Category> binary(List<String> scope, String path, Kind kind) {
    return judge(Files.of(), scope, List.of(new Changed(path, kind, true, false)))
        .violations()
        .stream()
        .map(Violation::category)
        .toList();
  }

  private static List<Category> categories(Files base, List<String> scope, String... paths) {
    return judge(base, scope, changed(paths)).violations().stream()
        .map(Violation::category)
        .toList();
  }

  private static List<String> subjects(Files base, String... paths) {
    Finding finding = judge(base, List.of(), changed(paths));
    assertThat(finding.check().verdict())
        .isEqualTo(finding.violations().isEmpty() ? Verdict.PASS : Verdict.FAIL);
    return finding.violations().stream().map(Violation::subject).toList();
  }

  private static List<Changed> changed(String... paths) {
    return Stream.of(paths).map(path -> new Changed(path, Kind.MODIFIED, false, false)).toList();
  }

  private static Finding judge(Files base, List<String> scope, List<Changed> changes) {
    Rules rules = new Rules(List.of("**/LICENSE"), 0, 80, List.of(), Set.of());
    Submission submission =
        new Submission(
            NOTHING,
            NOTHING,
            changes,
            new Scope(scope),
            Expectations.DEFAULT.withRules(rules),
            base,
            base);
    return ScopeCheck.of(submission, LargeFiles.of(submission));
  }
}
