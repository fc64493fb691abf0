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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases that nobody wrote a test for are named, and nobody honest is blamed. */
final class InventedCasesTest {
  private static final String TEST = "src/test/java/shop/CartTest.java";
  private static final String HELPERS = "src/test/java/shop/Helpers.java";
  private static final Files JAVA =
      Files.of(TEST, "class CartTest {}", HELPERS, "class Base {} class Rest {}");
  private static final Files PYTHON = Files.of("tests/test_cart.py", "def test_sums(): ...");

  @Test
  void a_class_that_no_source_has_is_a_forged_report() {
    Judgement judgement =
        judge(JAVA, JAVA, List.of(), "shop.CartTest > sums", "shop.GhostTest > haunts");

    assertThat(tests(judgement).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(tests(judgement).reason()).endsWith("no source has shop.GhostTest");
    assertThat(judgement.violations())
        .extracting(Violation::category, Violation::subject)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Category.REPORT_FORGED, "shop.GhostTest"));
  }

  @Test
  void code_that_names_the_class_whose_report_it_writes_is_no_source_of_it() {
    Files now =
        Files.of(TEST, "class CartTest {}", "src/main/java/shop/Cart.java", "write(\"GhostTest\")");

    assertThat(
            judge(JAVA, now, List.of(), "shop.CartTest > sums", "shop.GhostTest > haunts")
                .violations())
        .extracting(Violation::category)
        .containsExactly(Category.REPORT_FORGED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tests.test_ghost", "tests.ghost.TestHaunt", "ghost"})
  void a_module_that_no_file_is_is_a_forged_report(String group) {
    Judgement judgement =
        judge(PYTHON, PYTHON, List.of(), "tests.test_cart > test_sums", group + " > test_x");

    assertThat(judgement.violations())
        .extracting(Violation::category)
        .containsExactly(Category.REPORT_FORGED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop.CartTest > sums(int)[1]",
        "shop.CartTest > any new name",
        "shop.CartTest$Nested > sums",
        "shop.CartTest$Nested$1 > sums",
        "shop.Rest > in a file of another name",
        "shop.NewTest > in a new file",
        "shop.Second > in the same new file",
        "shop.Checked > in a file of no usual place",
        "Buying apples > a feature",
        "buying > apples",
        "example.org/shop/number > TestTwo",
        "shop (src/lib.rs) > is_two",
        "a case without a class"
      })
  void an_honest_new_case_in_java_is_not(String id) {
    Files now =
        Files.of(
            TEST,
            "class CartTest {}",
            HELPERS,
            "class Base {} class Rest {}",
            "src/test/java/shop/NewTest.java",
            "class NewTest { void buying() {} } class Second {}",
            "checks/All.kt",
            "object Checked");

    Judgement judgement = judge(JAVA, now, List.of(), "shop.CartTest > sums", id);

    assertThat(tests(judgement).verdict()).isEqualTo(Verdict.PASS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tests.test_cart > test_rounds[1-2]",
        "tests.test_cart.TestNew.TestInner > test_sums",
        "test_cart.TestNew > test_sums",
        "tests.test_new > test_sums",
        "tests.shop > a tavern of yaml",
        "tests > in the package itself",
        "till.cart > till.cart.total"
      })
  void an_honest_new_case_in_python_is_not(String id) {
    Files now =
        Files.of(
            "tests/test_cart.py",
            "def test_sums(): ...",
            "tests/__init__.py",
            "",
            "tests/test_new.py",
            "def test_sums(): ...",
            "tests/shop.tavern.yaml",
            "test_name: x",
            "lib/till/cart.py",
            "def total(): ...");

    Judgement judgement = judge(PYTHON, now, List.of(), "tests.test_cart > test_sums", id);

    assertThat(tests(judgement).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void where_tests_came_from_elsewhere_before_nothing_can_be_told() {
    Measurement base = suite("shop.CartTest > sums", "vendor.SuiteTest > holds");
    Measurement after =
        suite("shop.CartTest > sums", "vendor.SuiteTest > holds", "vendor.MoreTest > holds");

    assertThat(tests(judge(base, after, JAVA, JAVA, List.of())).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void a_build_that_was_changed_as_declared_may_bring_tests_from_elsewhere() {
    Files before = Files.of(TEST, "class CartTest {}", "pom.xml", "<project/>");
    Files now = Files.of(TEST, "class CartTest {}", "pom.xml", "<project><build/></project>");

    Judgement judgement =
        judge(before, now, List.of("pom.xml"), "shop.CartTest > sums", "vendor.SuiteTest > holds");

    assertThat(tests(judgement).verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
    assertThat(judgement.violations()).isEmpty();
  }

  private static Check tests(Judgement judgement) {
    return judgement.checks().stream()
        .filter(check -> check.name() == CheckName.TESTS)
        .findFirst()
        .orElseThrow();
  }

  /** The first case was there before. */
  private static Judgement judge(
      Files before, Files now, List<String> declared, String known, String brought) {
    return judge(suite(known), suite(known, brought), before, now, declared);
  }

  private static Judgement judge(
      Measurement base, Measurement after, Files before, Files now, List<String> declared) {
    List<Changed> changes =
        now.texts().entrySet().stream()
            .filter(file -> !file.getValue().equals(before.texts().get(file.getKey())))
            .map(file ->
                new Changed(
                    file.getKey(),
                    before.texts().containsKey(file.getKey()) ? Kind.MODIFIED : Kind.ADDED,
                    false,
                    false))
            .toList();
    return Judge.judge(
        new Submission(
            base,
            after,
            changes,
            Scope.EVERYTHING,
            Expectations.DEFAULT.withJudge(declared),
            before,
            now),
        Optional.empty());
  }

  private static Measurement suite(String... ids) {
    return new Measurement(
        new Build.Built(0),
        Stream.of(ids).map(id -> new TestCase(id, Status.PASSED, "", Duration.ZERO)).toList(),
        List.of(),
        new Coverage.NotMeasured("none"),
        Duration.ZERO);
  }
}
