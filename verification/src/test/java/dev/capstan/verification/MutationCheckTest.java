package dev.capstan.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Expectations;
import dev.capstan.core.evidence.Rules;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.core.plan.Scope;
import dev.capstan.verification.MutationQuestion.Asked;
import dev.capstan.verification.MutationQuestion.NotAsked;
import dev.capstan.verification.Submission.Changed;
import dev.capstan.verification.mutation.SourceClass;
import dev.capstan.verification.report.ReportedMutant;
import dev.capstan.verification.report.ReportedMutant.Fate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When mutation testing is asked, and what its answers mean. */
class MutationCheckTest {
  private static final String TEST_PATH = "src/test/java/shop/BasketTest.java";
  private static final String TEST =
      """
      package shop;
      class BasketTest {
        @Test void adds() { assertEquals(3, new Basket().add(1, 2)); }
        @Test void counts() { assertEquals(1, new Basket().count()); }
      }
      """;
  private static final String LESS =
      TEST.replace("assertEquals(1, new Basket().count());", "new Basket().count();");
  private static final String PATH = "src/main/java/shop/Basket.java";
  private static final String BASKET = "package shop;\nclass Basket {\n  int a;\n  int b;\n}\n";
  private static final SourceClass BASKET_CLASS = new SourceClass(PATH, "shop.Basket");

  private static final Expectations REQUIRED = required(Expectations.DEFAULT);
  private static final Expectations DECLARED =
      Expectations.DEFAULT.withJudge(List.of("src/test/**"));

  private static Expectations required(Expectations expectations) {
    EnumSet<CheckName> required = EnumSet.copyOf(expectations.required());
    required.add(CheckName.MUTATION);
    return new Expectations(
        required, 0, 0, false, expectations.approval(), expectations.judge(), expectations.rules());
  }

  private static MutationQuestion question(Expectations expectations, Files before, Files now) {
    return MutationQuestion.of(changes(before, now), expectations, before, now);
  }

  private static List<Changed> changes(Files before, Files now) {
    List<Changed> changes = new ArrayList<>();
    for (String path :
        Stream.concat(before.paths().stream(), now.paths().stream()).distinct().sorted().toList()) {
      if (!before.text(path).equals(now.text(path))) {
        Changed.Kind kind =
            before.text(path).isEmpty()
                ? Changed.Kind.ADDED
                : now.text(path).isEmpty() ? Changed.Kind.DELETED : Changed.Kind.MODIFIED;
        changes.add(new Changed(path, kind, false, false));
      }
    }
    return changes;
  }

  // ---- when

  @Test
  void it_is_not_asked_of_a_change_that_needs_no_answer() {
    Files before = Files.of(TEST_PATH, TEST, PATH, BASKET);
    Files code = Files.of(TEST_PATH, TEST, PATH, BASKET + "//");
    Files less = Files.of(TEST_PATH, LESS, PATH, BASKET);
    Rules rules = Expectations.DEFAULT.rules();
    Rules without = new Rules(rules.protectedPaths(), 0, 0, List.of(), Set.of(CheckName.MUTATION));

    assertThat(question(Expectations.DEFAULT, before, code)).isInstanceOf(NotAsked.class);
    assertThat(question(Expectations.DEFAULT, before, less)).isInstanceOf(NotAsked.class);
    assertThat(question(DECLARED, before, code)).isInstanceOf(NotAsked.class);
    assertThat(question(DECLARED.withRules(without), before, less))
        .isEqualTo(new NotAsked("left out by policy"));
  }

  @Test
  void declared_tests_that_ask_for_less_ask_about_what_they_test() {
    Files before = Files.of(TEST_PATH, TEST, PATH, BASKET);

    assertThat(question(DECLARED, before, Files.of(TEST_PATH, LESS, PATH, BASKET)))
        .isEqualTo(new Asked(List.of(), List.of(BASKET_CLASS), true));
  }

  @Test
  void a_policy_asks_about_changed_classes_or_else_about_what_changed_tests_test() {
    Files before = Files.of(TEST_PATH, TEST, PATH, BASKET, "README.md", "a");

    assertThat(question(REQUIRED, before, Files.of(TEST_PATH, TEST, PATH, BASKET + "//")))
        .isEqualTo(new Asked(List.of(BASKET_CLASS), List.of(), true));
    assertThat(question(REQUIRED, before, Files.of(TEST_PATH, TEST + "//", PATH, BASKET)))
        .isEqualTo(new Asked(List.of(), List.of(BASKET_CLASS), true));
    assertThat(
            question(REQUIRED, before, Files.of(TEST_PATH, TEST, PATH, BASKET, "README.md", "b")))
        .isInstanceOf(NotAsked.class);
  }

  @Test
  void a_tool_of_another_language_is_named_and_said_not_to_be_run() {
    String stryker = "{\"devDependencies\": {\"@stryker-mutator/core\": \"9.0.0\"}}";
    Files before = Files.of("package.json", stryker, "src/a.js", "a");
    Files plain = Files.of("package.json", "{}", "src/a.js", "a");

    assertThat(question(REQUIRED, before, Files.of("package.json", stryker, "src/a.js", "b")))
        .isEqualTo(
            new NotAsked(
                "no Java class was changed, and none was found that changed tests test; the project"
                    + " has Stryker, which is not run yet"));
    assertThat(question(REQUIRED, plain, Files.of("package.json", "{}", "src/a.js", "b")))
        .isEqualTo(
            new NotAsked("no Java class was changed, and none was found that changed tests test"));
  }

  @Test
  void without_an_answer_it_did_not_run() {
    Files files = Files.of(TEST_PATH, TEST, PATH, BASKET);
    Asked asked = new Asked(List.of(), List.of(BASKET_CLASS), true);
    MutationRun none = new MutationRun.NotMeasured("no PIT");
    MutationRun some = mutants("+3 +4");

    for (Mutation mutation :
        List.of(
            Mutation.notAsked("no PIT"),
            Mutation.unanswered(asked, "no PIT"),
            new Mutation(asked, none, some))) {
      MutationCheck.Result result = MutationCheck.of(submission(files, files), mutation);
      assertThat(result.finding().check().verdict()).isEqualTo(Verdict.DID_NOT_RUN);
      assertThat(result.finding().check().reason()).contains("no PIT");
      assertThat(result.word()).isEqualTo(MutationWord.NOT_MEASURED);
    }
  }

  // ---- changed lines

  @Test
  void changed_lines_pass_with_no_smaller_share_than_before() {
    assertThat(lines("+3 -4", "+3 -4 +5").verdict()).isEqualTo(Verdict.PASS);
    assertThat(lines("+3 +4", "+3 +4 +5").verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void a_fault_in_a_changed_line_that_no_test_finds_is_named() {
    Files before = Files.of(PATH, BASKET);
    Files now = Files.of(PATH, BASKET.replace("}\n", "  int c;\n}\n"));
    Judge.Finding finding =
        MutationCheck.of(
                submission(before, now),
                new Mutation(
                    new Asked(List.of(BASKET_CLASS), List.of(), true),
                    mutants("+3 +4"),
                    mutants("+3 +4 -5")))
            .finding();

    assertThat(finding.check().verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.check().reason())
        .isEqualTo(
            "of 1 fault 0 are found (0.0 %) in changed lines; before, of 2 faults 2 are found"
                + " (100.0 %) in the same classes");
    assertThat(finding.violations())
        .extracting(Violation::category, Violation::subject)
        .containsExactly(tuple(Category.MUTANT_SURVIVED, PATH + ":5"));
  }

  @Test
  void a_survivor_in_a_line_that_was_there_before_is_not_the_change_s() {
    assertThat(lines("+3 -4", "-3 -4 +5").verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void new_code_compares_with_nothing_unless_all_is_found() {
    assertThat(lines("", "+5").verdict()).isEqualTo(Verdict.PASS);
    assertThat(lines("", "+5 -5").verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
    assertThat(lines("+3", "+3").verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
    assertThat(lines("-3", "-3 -5").verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
  }

  /** Of a change that adds line 5. */
  private static Check lines(String before, String now) {
    return MutationCheck.of(
            submission(
                Files.of(PATH, BASKET), Files.of(PATH, BASKET.replace("}\n", "  int c;\n}\n"))),
            new Mutation(
                new Asked(List.of(BASKET_CLASS), List.of(), true), mutants(before), mutants(now)))
        .finding()
        .check();
  }

  // ---- changed tests

  @Test
  void tests_that_find_what_they_found_are_as_strong() {
    MutationCheck.Result result = tests(BASKET, true, "+3 -4", "+3 -4");

    assertThat(result.finding().check().verdict()).isEqualTo(Verdict.PASS);
    assertThat(result.word()).isEqualTo(MutationWord.AS_STRONG);
  }

  @Test
  void tests_that_find_fewer_fail_with_what_they_let_through() {
    MutationCheck.Result result = tests(BASKET, true, "+3 +4", "+3 -4");

    assertThat(result.finding().check().verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result.finding().violations())
        .extracting(Violation::subject)
        .containsExactly(PATH + ":4");
    assertThat(result.word()).isEqualTo(MutationWord.WEAKER);
  }

  @Test
  void as_many_others_pass_but_do_not_spare_a_person() {
    MutationCheck.Result result = tests(BASKET, true, "+3 -4", "-3 +4");

    assertThat(result.finding().check().verdict()).isEqualTo(Verdict.PASS);
    assertThat(result.finding().check().reason())
        .endsWith("found before and not any more: " + PATH + ":3");
    assertThat(result.word()).isEqualTo(MutationWord.NOT_MEASURED);
  }

  @Test
  void a_person_is_not_spared_by_faults_in_changed_code_or_in_a_part_or_where_none_is_found() {
    MutationCheck.Result changed = tests(BASKET + "//", true, "+3 +4", "+3 +4");

    assertThat(changed.finding().check().verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
    assertThat(changed.word()).isEqualTo(MutationWord.NOT_MEASURED);
    assertThat(tests(BASKET, false, "+3", "+3").word()).isEqualTo(MutationWord.NOT_MEASURED);
    assertThat(tests(BASKET, true, "-3", "-3").word()).isEqualTo(MutationWord.NOT_MEASURED);
    assertThat(tests(BASKET, true, "-3", "-3").finding().check().verdict())
        .isEqualTo(Verdict.NOT_COMPARABLE);
    assertThat(tests(BASKET, true, "", "").finding().check().verdict())
        .isEqualTo(Verdict.NOT_COMPARABLE);
  }

  @Test
  void a_fault_that_could_not_be_tried_counts_neither_way_but_is_no_longer_found() {
    MutationCheck.Result result = tests(BASKET, true, "+3 +4", "+3 ?4");

    assertThat(result.finding().check().verdict()).isEqualTo(Verdict.PASS);
    assertThat(result.word()).isEqualTo(MutationWord.NOT_MEASURED);
  }

  private static MutationCheck.Result tests(
      String basketNow, boolean complete, String before, String now) {
    return MutationCheck.of(
        submission(
            Files.of(TEST_PATH, TEST, PATH, BASKET), Files.of(TEST_PATH, LESS, PATH, basketNow)),
        new Mutation(
            new Asked(List.of(), List.of(BASKET_CLASS), complete), mutants(before), mutants(now)));
  }

  private static Submission submission(Files before, Files now) {
    return new Submission(
        Measurement.NOTHING,
        Measurement.NOTHING,
        changes(before, now),
        Scope.EVERYTHING,
        DECLARED,
        before,
        now);
  }

  /** A sign of fate and a line each. */
  private static MutationRun mutants(String signs) {
    List<ReportedMutant> mutants = new ArrayList<>();
    for (String sign : signs.isEmpty() ? new String[0] : signs.split(" ", -1)) {
      Fate fate =
          switch (sign.charAt(0)) {
            case '+' -> Fate.FOUND;
            case '-' -> Fate.SURVIVED;
            default -> Fate.UNTRIED;
          };
      int line = Integer.parseInt(sign.substring(1));
      mutants.add(
          new ReportedMutant("shop.Basket", "a()V", line, "negated", "" + mutants.size(), fate));
    }
    return new MutationRun.Measured(mutants);
  }
}
