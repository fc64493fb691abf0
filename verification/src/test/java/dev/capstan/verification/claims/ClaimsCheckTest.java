package dev.capstan.verification.claims;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.verification.Measurement;
import dev.capstan.verification.Measurement.Build;
import dev.capstan.verification.Measurement.Coverage;
import dev.capstan.verification.Measurement.Status;
import dev.capstan.verification.Measurement.TestCase;
import dev.capstan.verification.Submission.Changed;
import dev.capstan.verification.Submission.Sources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsCheckTest {
  private static final Facts CART = facts(Status.PASSED, "src/cart.js");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "All tests pass.",
        "I ran the suite. All 12 existing tests still pass now.",
        "- The tests are green",
        "The test suite passes.",
        "Tests pass and I am done."
      })
  void that_tests_pass_is_not_true_while_one_fails(String words) {
    ClaimsCheck.Result result = ClaimsCheck.of(words, facts(Status.FAILED, "src/cart.js"));

    assertThat(result.check().verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
    assertThat(result.violations())
        .singleElement()
        .satisfies(v -> assertThat(v.category()).isEqualTo(Violation.Category.CLAIM_CONTRADICTED))
        .satisfies(v -> assertThat(v.detail()).isEqualTo("cart totals fails"));
    assertThat(untrue(words, CART)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "All tests should pass.",
        "I could not run the tests, but all tests pass in theory if node is there.",
        "Not all tests pass.",
        "Do all tests pass?",
        "```\nAll tests pass.\n```",
        "> All tests pass.",
        "The contest passes.",
        "I would make sure that all tests pass."
      })
  void what_is_hedged_denied_asked_or_quoted_is_no_claim(String words) {
    assertThat(ClaimsCheck.of(words, facts(Status.FAILED, "src/cart.js")).check())
        .isEqualTo(
            new Check(
                CheckName.CLAIMS,
                Verdict.PASS,
                "its last words claim nothing that can be compared"));
  }

  @Test
  void a_build_that_is_broken_does_not_work() {
    Facts broken =
        new Facts(
            List.of(),
            Sources.NONE,
            Sources.NONE,
            List.of(),
            Optional.of(measurement(new Build.Broken("exit code 1", List.of()), List.of())));

    assertThat(untrue("The build succeeds.", broken)).hasSize(1);
    assertThat(untrue("The project compiles without errors.", broken)).hasSize(1);
  }

  @Test
  void what_was_not_measured_is_neither_true_nor_untrue() {
    ClaimsCheck.Result result = ClaimsCheck.of("The linter is clean. No new lint errors.", CART);

    assertThat(result.check().verdict()).isEqualTo(Verdict.PASS);
    assertThat(result.check().reason()).startsWith("of 2 claims in its last words 0 agree");
  }

  @Test
  void added_tests_are_somewhere() {
    String words = "I added unit tests for the discount.";

    assertThat(untrue(words, CART)).hasSize(1);
    assertThat(untrue(words, facts(Status.PASSED, "test/cart.test.js"))).isEmpty();
    assertThat(untrue("I added no tests.", CART)).isEmpty();
  }

  @Test
  void tests_in_the_code_itself_cannot_be_told_from_it() {
    assertThat(
            untrue(
                "Added tests.", facts(Status.PASSED, Map.of("src/lib.rs", "#[test]\nfn adds()"))))
        .isEmpty();
  }

  @Test
  void tests_that_were_left_alone_are_as_they_were() {
    assertThat(untrue("I left the tests untouched.", facts(Status.PASSED, "test/cart.test.js")))
        .singleElement()
        .satisfies(v -> assertThat(v.detail()).isEqualTo("test/cart.test.js is different"));
    assertThat(untrue("I did not change any tests.", CART)).isEmpty();
  }

  @Test
  void no_other_files_means_those_that_it_names() {
    String words = "I updated `src/cart.js`. No other files were changed.";

    assertThat(untrue(words, CART)).isEmpty();
    assertThat(untrue(words, facts(Status.PASSED, "src/cart.js", "src/label.js")))
        .singleElement()
        .satisfies(v -> assertThat(v.detail()).isEqualTo("src/label.js is different too"));
    assertThat(untrue("No other files were changed.", CART)).isEmpty();
  }

  @Test
  void a_file_that_it_says_it_changed_is_different() {
    assertThat(untrue("Updated src/label.js to say euros.", CART))
        .singleElement()
        .satisfies(v -> assertThat(v.detail()).isEqualTo("src/label.js is as it was"));
    assertThat(untrue("Updated cart.js.", CART)).isEmpty();
    assertThat(untrue("Updated config.get to be lazy.", CART)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Fixed the rounding.",
        "I have implemented the discount.",
        "The bug has been fixed.",
        "Updated src/cart.js."
      })
  void whoever_changed_something_left_a_change(String words) {
    assertThat(untrue(words, Facts.ofNoChange(Sources.NONE))).hasSize(1);
    assertThat(untrue(words, CART)).isEmpty();
  }

  @Test
  void nothing_to_do_is_an_honest_word() {
    assertThat(
            untrue(
                "The code already does this, so I changed nothing.",
                Facts.ofNoChange(Sources.NONE)))
        .isEmpty();
  }

  @Test
  void hostile_words_take_no_time() {
    String words =
        "added the ".repeat(2_000) + "\n" + "a/".repeat(4_000) + "\n" + "tests ".repeat(60);

    assertThat(ClaimsCheck.of(words, CART).check().verdict()).isEqualTo(Verdict.PASS);
  }

  private static List<Violation> untrue(String words, Facts facts) {
    return ClaimsCheck.of(words, facts).violations();
  }

  private static Facts facts(Status status, String... changed) {
    Map<String, String> files = new HashMap<>();
    for (String path : changed) {
      files.put(path, "text");
    }
    return facts(status, files);
  }

  private static Facts facts(Status status, Map<String, String> changed) {
    List<Changed> changes =
        changed.keySet().stream()
            .map(path -> new Changed(path, Changed.Kind.MODIFIED, false, false))
            .toList();
    Check tests =
        new Check(
            CheckName.TESTS, status == Status.PASSED ? Verdict.PASS : Verdict.FAIL, "as measured");
    return new Facts(
        changes,
        sources(Map.of("src/cart.js", "", "src/label.js", "")),
        sources(changed),
        List.of(tests),
        Optional.of(
            measurement(
                new Build.Built(0),
                List.of(new TestCase("cart totals", status, "", Duration.ZERO)))));
  }

  private static Measurement measurement(Build build, List<TestCase> tests) {
    return new Measurement(
        build, tests, List.of(), new Coverage.NotMeasured("not asked"), Duration.ZERO);
  }

  private static Sources sources(Map<String, String> files) {
    return new Sources() {
      @Override
      public List<String> paths() {
        return new ArrayList<>(files.keySet());
      }

      @Override
      public Optional<String> text(String path) {
        return Optional.ofNullable(files.get(path));
      }
    };
  }
}
