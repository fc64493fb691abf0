package dev.capstan.core.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.CommitId;
import dev.capstan.core.ContentHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Only PASS of every required check opens a gate; any FAIL shuts it. */
final class GateTest {
  private static final CommitId COMMIT = new CommitId("a".repeat(40));
  private static final ContentHash REPORT = new ContentHash("b".repeat(64));

  private static Evidence evidence(Check... checks) {
    return new Evidence(COMMIT, List.of(checks), List.of(), REPORT);
  }

  private static Check check(CheckName name, Verdict verdict) {
    return new Check(name, verdict, "measured");
  }

  private static Expectations requiring(Expectations.Approval approval, CheckName... required) {
    return new Expectations(Set.of(required), 1, 0, false, approval, List.of(), Rules.DEFAULT);
  }

  private static Expectations requiring(CheckName... required) {
    return requiring(Expectations.Approval.WHEN_UNSETTLED, required);
  }

  @Test
  void every_required_check_passed() {
    assertThat(
            Gate.judge(evidence(check(CheckName.BUILD, Verdict.PASS)), requiring(CheckName.BUILD)))
        .isEqualTo(new Gate.Open());
  }

  @Test
  void a_check_that_is_missing_asks_a_person() {
    assertThat(Gate.judge(evidence(), requiring(CheckName.TESTS, CheckName.BUILD)))
        .isEqualTo(
            new Gate.AsksPerson(
                List.of(
                    "BUILD DID_NOT_RUN: no such check was made",
                    "TESTS DID_NOT_RUN: no such check was made")));
  }

  @Test
  void a_failure_shuts_the_gate_even_where_nobody_asked_for_the_check() {
    Check failed = check(CheckName.COVERAGE, Verdict.FAIL);
    assertThat(
            Gate.judge(
                evidence(check(CheckName.BUILD, Verdict.PASS), failed), requiring(CheckName.BUILD)))
        .isEqualTo(new Gate.Shut(List.of(failed)));
  }

  @Test
  void a_check_that_nobody_asked_for_may_be_left_unmeasured() {
    assertThat(
            Gate.judge(
                evidence(
                    check(CheckName.BUILD, Verdict.PASS),
                    check(CheckName.COVERAGE, Verdict.NOT_COMPARABLE)),
                requiring(CheckName.BUILD)))
        .isEqualTo(new Gate.Open());
  }

  @Test
  void one_pass_does_not_outweigh_another_verdict_of_the_same_check() {
    assertThat(
            Gate.judge(
                evidence(
                    check(CheckName.TESTS, Verdict.PASS),
                    check(CheckName.TESTS, Verdict.NOT_COMPARABLE)),
                requiring(CheckName.TESTS)))
        .isEqualTo(new Gate.AsksPerson(List.of("TESTS NOT_COMPARABLE: measured")));
  }

  @Test
  void policy_may_ask_a_person_before_every_gate() {
    assertThat(
            Gate.judge(
                evidence(check(CheckName.BUILD, Verdict.PASS)),
                requiring(Expectations.Approval.ALWAYS, CheckName.BUILD)))
        .isEqualTo(new Gate.AsksPerson(List.of("the policy asks a person before every gate")));
  }

  @Property
  void the_gate_is_open_only_on_a_pass_of_everything_required(
      @ForAll List<CheckName> names,
      @ForAll List<Verdict> verdicts,
      @ForAll Set<CheckName> required,
      @ForAll Expectations.Approval approval) {
    List<Check> checks = new ArrayList<>();
    for (int i = 0; i < Math.min(names.size(), verdicts.size()); i++) {
      checks.add(check(names.get(i), verdicts.get(i)));
    }
    boolean failed = checks.stream().anyMatch(c -> c.verdict() == Verdict.FAIL);
    boolean passed =
        required.stream()
            .allMatch(name ->
                checks.stream().anyMatch(c -> c.name() == name)
                    && checks.stream()
                        .filter(c -> c.name() == name)
                        .allMatch(c -> c.verdict() == Verdict.PASS));
    Gate gate =
        Gate.judge(
            evidence(checks.toArray(Check[]::new)),
            requiring(approval, required.toArray(CheckName[]::new)));
    assertThat(gate instanceof Gate.Shut).isEqualTo(failed);
    assertThat(gate instanceof Gate.Open)
        .isEqualTo(!failed && passed && approval == Expectations.Approval.WHEN_UNSETTLED);
  }
}
