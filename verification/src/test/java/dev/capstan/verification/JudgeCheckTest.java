package dev.capstan.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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
import dev.capstan.verification.Submission.Sources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What may become of the files that judge. */
class JudgeCheckTest {
  private static final String TEST =
      """
      class ShopTest {
        @Test void adds() { assertEquals(3, add(1, 2)); }
        @Test void opens() { assertTrue(shop.isOpen()); }
      }
      """;
  private static final String PATH = "src/test/java/ShopTest.java";

  @Test
  void a_change_of_nothing_that_judges_passes() {
    Judgement judgement = judge(Map.of("src/Shop.java", "a"), Map.of("src/Shop.java", "b"));

    assertThat(judge(judgement).verdict()).isEqualTo(Verdict.PASS);
    assertThat(judge(judgement).reason()).isEqualTo("no file that judges was changed");
  }

  @Test
  void an_undeclared_build_file_is_named() {
    Judgement judgement = judge(Map.of("pom.xml", "a"), Map.of("pom.xml", "b", "Makefile", "c"));

    assertThat(judge(judgement).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(judge(judgement).reason()).contains("Makefile, pom.xml", "--judge");
    assertThat(judgement.violations())
        .extracting(Violation::category, Violation::subject)
        .containsExactly(
            tuple(Category.JUDGE_CHANGED, "Makefile"), tuple(Category.JUDGE_CHANGED, "pom.xml"));
  }

  @Test
  void a_declared_build_file_passes_and_declared_settings_are_for_a_person() {
    assertThat(judge(judge(Map.of("pom.xml", "a"), Map.of("pom.xml", "b"), "pom.xml")).verdict())
        .isEqualTo(Verdict.PASS);
    assertThat(judge(judge(Map.of("tox.ini", "a"), Map.of("tox.ini", "b"), "tox.ini")).verdict())
        .isEqualTo(Verdict.NOT_COMPARABLE);
  }

  @Test
  void an_undeclared_test_may_ask_for_more_but_not_for_less() {
    String more = TEST.replace("assertTrue(", "assertEquals(1, f()); assertTrue(");
    String less = TEST.replace("assertEquals(3, add(1, 2))", "assertNotNull(add(1, 2))");

    assertThat(judge(judge(Map.of(PATH, TEST), Map.of(PATH, more))).verdict())
        .isEqualTo(Verdict.PASS);
    Judgement weaker = judge(Map.of(PATH, TEST), Map.of(PATH, less));
    assertThat(judge(weaker).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(weaker.violations())
        .extracting(Violation::category, Violation::subject)
        .containsExactly(tuple(Category.TEST_WEAKENED, PATH + " > ShopTest > adds"));
  }

  @Test
  void a_declared_test_that_asks_for_less_is_for_a_person_who_is_told_which() {
    String less = TEST.replace("@Test void opens", "@Disabled @Test void opens");

    Judgement judgement = judge(Map.of(PATH, TEST), Map.of(PATH, less), "src/test/**");

    assertThat(judge(judgement).verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
    assertThat(judge(judgement).reason()).contains("ShopTest > opens", "@Disabled");
    assertThat(judgement.violations()).isEmpty();
  }

  @Test
  void a_mutation_score_that_did_not_fall_settles_what_a_person_would_be_asked() {
    String less = TEST.replace("assertTrue(shop.isOpen());", "");
    JudgeReading reading =
        JudgeReading.of(
            submission(Map.of(PATH, TEST), Map.of(PATH, less), "+x", "+x", "src/test/**"));

    assertThat(JudgeCheck.of(reading, MutationWord.NOT_MEASURED).check().verdict())
        .isEqualTo(Verdict.NOT_COMPARABLE);
    assertThat(JudgeCheck.of(reading, MutationWord.AS_STRONG).check().verdict())
        .isEqualTo(Verdict.PASS);
    assertThat(JudgeCheck.of(reading, MutationWord.WEAKER).check().verdict())
        .isEqualTo(Verdict.NOT_COMPARABLE);
  }

  @Test
  void a_case_that_a_declared_test_took_away_fails_nobody_but_any_other_does() {
    String less = TEST.replaceAll("(?m)^.*opens.*\n", "");
    Map<String, String> before = Map.of(PATH, TEST);
    Map<String, String> now = Map.of(PATH, less);

    Judgement taken =
        Judge.judge(
            submission(before, now, "+ShopTest>adds +ShopTest>opens", "+ShopTest>adds", PATH),
            Optional.empty());
    Judgement other =
        Judge.judge(
            submission(before, now, "+ShopTest>adds +ShopTest>opens", "+ShopTest>opens", PATH),
            Optional.empty());

    assertThat(check(taken, CheckName.TESTS).verdict()).isEqualTo(Verdict.PASS);
    assertThat(check(taken, CheckName.TESTS).reason()).contains("taken away or moved");
    assertThat(judge(taken).verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
    assertThat(check(other, CheckName.TESTS).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void a_renamed_test_is_missed_by_nobody_if_it_passes_under_its_new_name() {
    Map<String, String> before = Map.of(PATH, TEST);
    Map<String, String> now = Map.of(PATH, TEST.replace("opens", "is_open"));
    String cases = "+ShopTest>adds +ShopTest>opens";

    Judgement renamed =
        Judge.judge(
            submission(before, now, cases, "+ShopTest>adds +ShopTest>is_open"), Optional.empty());
    Judgement lost =
        Judge.judge(submission(before, now, cases, "+ShopTest>adds"), Optional.empty());

    assertThat(check(renamed, CheckName.TESTS).verdict()).isEqualTo(Verdict.PASS);
    assertThat(judge(renamed).verdict()).isEqualTo(Verdict.PASS);
    assertThat(judge(renamed).reason()).contains("1 test moved or renamed");
    assertThat(check(lost, CheckName.TESTS).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void a_test_of_an_unknown_language_is_for_a_person() {
    Map<String, String> before = Map.of("tests/a.sh", "grep x");
    Map<String, String> now = Map.of("tests/a.sh", "true");

    assertThat(judge(judge(before, now)).verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
    assertThat(judge(judge(before, now, "tests/**")).verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
    assertThat(judge(judge(Map.of(), now)).verdict()).isEqualTo(Verdict.PASS);
  }

  private static Judgement judge(
      Map<String, String> before, Map<String, String> now, String... declared) {
    return Judge.judge(submission(before, now, "+a", "+a", declared), Optional.empty());
  }

  private static Submission submission(
      Map<String, String> before,
      Map<String, String> now,
      String casesBefore,
      String casesNow,
      String... declared) {
    return new Submission(
        suite(casesBefore),
        suite(casesNow),
        changes(before, now),
        Scope.EVERYTHING,
        Expectations.DEFAULT.withJudge(List.of(declared)),
        new Files(before),
        new Files(now));
  }

  private static List<Changed> changes(Map<String, String> before, Map<String, String> now) {
    TreeSet<String> paths = new TreeSet<>(before.keySet());
    paths.addAll(now.keySet());
    List<Changed> changes = new ArrayList<>();
    for (String path : paths) {
      Changed.Kind kind =
          !before.containsKey(path)
              ? Changed.Kind.ADDED
              : now.containsKey(path) ? Changed.Kind.MODIFIED : Changed.Kind.DELETED;
      if (!Optional.ofNullable(before.get(path)).equals(Optional.ofNullable(now.get(path)))) {
        changes.add(new Changed(path, kind, false, false));
      }
    }
    return changes;
  }

  private record Files(Map<String, String> texts) implements Sources {
    @Override
    public List<String> paths() {
      return texts.keySet().stream().sorted().toList();
    }

    @Override
    public Optional<String> text(String path) {
      return Optional.ofNullable(texts.get(path));
    }
  }

  private static Measurement suite(String cases) {
    List<TestCase> tests =
        Stream.of(cases.split(" ", -1))
            .map(word ->
                new TestCase(
                    word.substring(1).replace(">", " > "), Status.PASSED, "", Duration.ZERO))
            .toList();
    return new Measurement(
        new Build.Built(0), tests, List.of(), new Coverage.NotMeasured("none"), Duration.ZERO);
  }

  private static Check judge(Judgement judgement) {
    return check(judgement, CheckName.JUDGE);
  }

  private static Check check(Judgement judgement, CheckName name) {
    return judgement.checks().stream()
        .filter(check -> check.name() == name)
        .findFirst()
        .orElseThrow();
  }
}
