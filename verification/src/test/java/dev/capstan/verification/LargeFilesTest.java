package dev.capstan.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Expectations;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.core.plan.Scope;
import dev.capstan.verification.Judge.Judgement;
import dev.capstan.verification.Measurement.Build;
import dev.capstan.verification.Measurement.Coverage;
import dev.capstan.verification.Measurement.Status;
import dev.capstan.verification.Measurement.TestCase;
import dev.capstan.verification.Submission.Changed;
import dev.capstan.verification.Submission.Changed.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pointers of Git LFS are never judged as if they were what they stand for. */
final class LargeFilesTest {
  private static final String POINTER =
      """
      version https://git-lfs.github.com/spec/v1
      oid sha256:%s
      size 12345
      """;
  private static final String OLD = POINTER.formatted("4d".repeat(32));
  private static final String NEW = POINTER.formatted("5e".repeat(32));
  private static final List<String> ANYWHERE = List.of();

  @Test
  void tests_that_pass_with_pointers_are_for_a_person_and_the_pointers_are_named() {
    Files files = Files.of("data/model.bin", OLD, "src/a.c", "int a;");

    Check tests = check(judge(files, files, ANYWHERE, "src/a.c"), CheckName.TESTS);

    assertThat(tests.verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
    assertThat(tests.reason()).contains("pointers of Git LFS").contains("data/model.bin");
  }

  @Test
  void tests_that_fail_with_pointers_fail() {
    Files files = Files.of("data/model.bin", OLD);
    Submission submission =
        submission(files, files, ANYWHERE, suite(Status.PASSED), suite(Status.FAILED), "a.c");

    assertThat(check(Judge.judge(submission, Optional.empty()), CheckName.TESTS).verdict())
        .isEqualTo(Verdict.FAIL);
  }

  @Test
  void without_pointers_nothing_is_said_of_them() {
    Files files = Files.of("docs/lfs.md", "A pointer begins with version " + OLD);

    Judgement judgement = judge(files, files, ANYWHERE, "docs/lfs.md");

    assertThat(check(judgement, CheckName.TESTS).verdict()).isEqualTo(Verdict.PASS);
    assertThat(check(judgement, CheckName.SECRETS).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void a_changed_pointer_is_like_a_binary_file_and_its_contents_were_not_scanned() {
    Judgement judgement =
        judge(Files.of("model.bin", OLD), Files.of("model.bin", NEW), ANYWHERE, "model.bin");

    assertThat(judgement.violations())
        .containsExactly(
            new Violation(
                Category.BINARY_FILE,
                "model.bin",
                "is a pointer of Git LFS, and no glob of the scope names it"));
    assertThat(check(judgement, CheckName.SECRETS).verdict()).isEqualTo(Verdict.DID_NOT_RUN);
    assertThat(check(judgement, CheckName.SECRETS).reason()).contains("model.bin");
  }

  @Test
  void a_changed_pointer_that_the_scope_names_is_still_for_a_person() {
    Judgement judgement =
        judge(
            Files.of("model.bin", OLD), Files.of("model.bin", NEW), List.of("*.bin"), "model.bin");

    assertThat(judgement.violations()).isEmpty();
    assertThat(check(judgement, CheckName.TESTS).verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
    assertThat(check(judgement, CheckName.SECRETS).verdict()).isEqualTo(Verdict.DID_NOT_RUN);
  }

  @Test
  void a_text_that_takes_the_place_of_a_pointer_is_told() {
    Judgement judgement =
        judge(Files.of("model.bin", OLD), Files.of("model.bin", "text"), ANYWHERE, "model.bin");

    assertThat(judgement.violations())
        .extracting(Violation::category)
        .containsExactly(Category.BINARY_FILE);
  }

  @Test
  void a_changed_pointer_is_found_among_more_than_are_listed() {
    String[] many =
        Stream.iterate(0, i -> i + 1)
            .limit(Submission.Sources.MOST_POINTERS)
            .flatMap(i -> Stream.of("a/%03d.bin".formatted(i), OLD))
            .toArray(String[]::new);
    Files before = Files.of(many);
    Files now =
        Files.of(Stream.concat(Stream.of(many), Stream.of("z.bin", NEW)).toArray(String[]::new));

    assertThat(
            LargeFiles.of(
                    submission(
                        before, now, ANYWHERE, suite(Status.PASSED), suite(Status.PASSED), "z.bin"))
                .changed())
        .containsExactly("z.bin");
  }

  private static Check check(Judgement judgement, CheckName name) {
    return judgement.checks().stream()
        .filter(check -> check.name() == name)
        .findFirst()
        .orElseThrow();
  }

  private static Judgement judge(Files before, Files now, List<String> scope, String... changed) {
    return Judge.judge(
        submission(before, now, scope, suite(Status.PASSED), suite(Status.PASSED), changed),
        Optional.empty());
  }

  private static Submission submission(
      Files before,
      Files now,
      List<String> scope,
      Measurement base,
      Measurement after,
      String... changed) {
    List<Changed> changes =
        Stream.of(changed)
            .map(path ->
                new Changed(
                    path,
                    before.texts().containsKey(path) ? Kind.MODIFIED : Kind.ADDED,
                    false,
                    false))
            .toList();
    return new Submission(
        base, after, changes, new Scope(scope), Expectations.DEFAULT, before, now);
  }

  private static Measurement suite(Status status) {
    return new Measurement(
        new Build.Built(0),
        List.of(new TestCase("a", status, "", Duration.ZERO)),
        List.of(),
        new Coverage.NotMeasured("none"),
        Duration.ZERO);
  }
}
