package dev.capstan.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Expectations;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.plan.Scope;
import dev.capstan.verification.Measurement.Build;
import dev.capstan.verification.Measurement.Coverage;
import dev.capstan.verification.Measurement.Status;
import dev.capstan.verification.Measurement.TestCase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The laws of the judge, on made-up suites. */
final class JudgePropertiesTest {
  @Property
  void a_suite_that_passes_somewhere_passes_against_itself(
      @ForAll("withOnePassing") Measurement suite) {
    assertThat(tests(suite, suite)).isEqualTo(Verdict.PASS);
  }

  @Property
  void a_case_that_passed_and_is_removed_is_never_a_pass(
      @ForAll("withOnePassing") Measurement base, @ForAll Random random) {
    List<TestCase> rest = new ArrayList<>(base.tests());
    rest.remove(anyPassing(base, random));
    assertThat(tests(base, with(base, rest))).isNotEqualTo(Verdict.PASS);
  }

  @Property
  void a_case_that_passed_and_ends_otherwise_is_never_a_pass(
      @ForAll("withOnePassing") Measurement base,
      @ForAll("notPassed") Status status,
      @ForAll Random random) {
    List<TestCase> cases = new ArrayList<>(base.tests());
    TestCase victim = anyPassing(base, random);
    cases.set(cases.indexOf(victim), new TestCase(victim.id(), status, "", Duration.ZERO));
    assertThat(tests(base, with(base, cases))).isNotEqualTo(Verdict.PASS);
  }

  @Property
  void the_order_of_the_cases_does_not_matter(
      @ForAll("suites") Measurement base,
      @ForAll("suites") Measurement after,
      @ForAll Random random) {
    assertThat(judge(shuffled(base, random), shuffled(after, random)))
        .isEqualTo(judge(base, after));
  }

  @Property
  void nothing_executed_is_never_a_pass(
      @ForAll("suites") Measurement base, @ForAll("suites") Measurement after) {
    List<TestCase> skipped =
        after.tests().stream()
            .map(test -> new TestCase(test.id(), Status.SKIPPED, "", Duration.ZERO))
            .toList();
    assertThat(tests(base, with(after, skipped))).isEqualTo(Verdict.DID_NOT_RUN);
  }

  @Property
  void a_pass_means_that_everything_that_passed_still_passes(
      @ForAll("suites") Measurement base, @ForAll("suites") Measurement after) {
    if (tests(base, after) == Verdict.PASS) {
      assertThat(after.tests().stream().filter(test -> test.status() == Status.PASSED))
          .extracting(TestCase::id)
          .containsAll(
              base.tests().stream()
                  .filter(test -> test.status() == Status.PASSED)
                  .map(TestCase::id)
                  .toList());
    }
  }

  @Property
  void what_failed_on_the_base_again_is_no_suspect_any_more(
      @ForAll("withOnePassing") Measurement base, @ForAll Random random) {
    List<TestCase> cases = new ArrayList<>(base.tests());
    TestCase victim = anyPassing(base, random);
    cases.set(cases.indexOf(victim), new TestCase(victim.id(), Status.FAILED, "", Duration.ZERO));
    cases.add(new TestCase("one that passes", Status.PASSED, "", Duration.ZERO));
    Measurement after = new Measurement(new Build.Built(1), cases, List.of(), NONE, Duration.ZERO);
    assertThat(Judge.suspects(base, after)).containsExactly(victim.id());
    assertThat(verdict(judge(base, after, Optional.of(after)))).isEqualTo(Verdict.PASS);
  }

  private static final Coverage NONE = new Coverage.NotMeasured("no report");

  @Provide
  Arbitrary<Status> notPassed() {
    return Arbitraries.of(Status.FAILED, Status.ERROR, Status.SKIPPED);
  }

  @Provide
  Arbitrary<Measurement> suites() {
    Arbitrary<TestCase> cases =
        Combinators.combine(Arbitraries.integers().between(1, 12), Arbitraries.of(Status.class))
            .as((id, status) -> new TestCase("case " + id, status, "", Duration.ZERO));
    return cases.list().uniqueElements(TestCase::id).ofMaxSize(8).map(JudgePropertiesTest::suite);
  }

  @Provide
  Arbitrary<Measurement> withOnePassing() {
    return suites().filter(suite -> suite.count(Status.PASSED) > 0);
  }

  private static Measurement suite(List<TestCase> cases) {
    boolean fails = cases.stream().anyMatch(TestCase::fails);
    return new Measurement(new Build.Built(fails ? 1 : 0), cases, List.of(), NONE, Duration.ZERO);
  }

  private static Measurement with(Measurement old, List<TestCase> cases) {
    return new Measurement(old.build(), cases, old.problems(), old.coverage(), old.took());
  }

  private static Measurement shuffled(Measurement suite, Random random) {
    List<TestCase> cases = new ArrayList<>(suite.tests());
    Collections.shuffle(cases, random);
    return with(suite, cases);
  }

  private static TestCase anyPassing(Measurement suite, Random random) {
    List<TestCase> passing =
        suite.tests().stream().filter(test -> test.status() == Status.PASSED).toList();
    return passing.get(random.nextInt(passing.size()));
  }

  private static Verdict tests(Measurement base, Measurement after) {
    return verdict(judge(base, after));
  }

  private static Judge.Judgement judge(Measurement base, Measurement after) {
    return judge(base, after, Optional.empty());
  }

  private static Judge.Judgement judge(
      Measurement base, Measurement after, Optional<Measurement> again) {
    Submission submission =
        new Submission(
            base,
            after,
            List.of(),
            Scope.EVERYTHING,
            Expectations.DEFAULT,
            Submission.Sources.NONE,
            Submission.Sources.NONE);
    return Judge.judge(submission, again);
  }

  private static Verdict verdict(Judge.Judgement judgement) {
    return judgement.checks().stream()
        .filter(check -> check.name() == CheckName.TESTS)
        .map(Check::verdict)
        .findFirst()
        .orElseThrow();
  }
}
