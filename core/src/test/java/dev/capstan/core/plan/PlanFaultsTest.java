package dev.capstan.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.core.StepId;
import dev.capstan.core.evidence.Expectations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What makes a plan unacceptable. */
final class PlanFaultsTest {
  private static final Work WORK =
      new Work("command", List.of("true"), Map.of(), List.of(), Work.DEFAULT_TIME_LIMIT);

  private static StepId id(String value) {
    return new StepId(value);
  }

  private static Step step(String id, String... after) {
    return step(id, new Barrier.All(Stream.of(after).map(StepId::new).toList()), List.of(WORK));
  }

  private static Step step(String id, Barrier barrier, List<Work> engines, String... globs) {
    return new Step(
        id(id),
        "refactor",
        "Change " + id,
        "why not",
        new Scope(List.of(globs)),
        engines,
        barrier,
        new Patience.Unlimited(),
        0,
        Expectations.DEFAULT);
  }

  private static List<PlanFault> faults(Step... steps) {
    return new Plan(List.of(steps)).faults();
  }

  @Test
  void a_diamond_is_acceptable() {
    assertThat(faults(step("d", "b", "c"), step("b", "a"), step("c", "a"), step("a"))).isEmpty();
  }

  @Test
  void a_plan_has_steps() {
    assertThat(faults()).containsExactly(new PlanFault.Empty());
  }

  @Test
  void a_plan_has_at_most_ten_thousand_steps() {
    Step[] most = IntStream.range(0, 10_000).mapToObj(i -> step("s" + i)).toArray(Step[]::new);
    assertThat(faults(most)).isEmpty();
    List<Step> more = new ArrayList<>(List.of(most));
    more.add(step("more"));
    assertThat(new Plan(more).faults()).containsExactly(new PlanFault.TooLarge(10_001, 10_000));
  }

  @Test
  void an_id_stands_once() {
    assertThat(faults(step("a"), step("a"))).containsExactly(new PlanFault.Duplicate(id("a")));
  }

  @Test
  void a_dependency_is_in_the_plan() {
    assertThat(faults(step("a", "z")))
        .containsExactly(new PlanFault.UnknownDependency(id("a"), id("z")));
  }

  @Test
  void a_step_does_not_wait_for_itself() {
    assertThat(faults(step("a", "a")))
        .containsExactly(new PlanFault.Cycle(List.of(id("a"), id("a"))));
  }

  @Test
  void a_cycle_is_named_in_the_order_of_the_work_without_what_only_leads_to_it() {
    List<PlanFault> faults = faults(step("x", "a"), step("a", "c"), step("b", "a"), step("c", "b"));
    assertThat(faults)
        .containsExactly(new PlanFault.Cycle(List.of(id("a"), id("b"), id("c"), id("a"))));
    assertThat(faults.getFirst().message())
        .isEqualTo("steps wait for one another: a -> b -> c -> a");
  }

  @Test
  void a_cycle_that_another_branch_might_get_around_is_refused_too() {
    Barrier any = new Barrier.AtLeast(1, List.of(id("a"), id("b")));
    assertThat(faults(step("a"), step("b", any, List.of(WORK))))
        .containsExactly(new PlanFault.Cycle(List.of(id("b"), id("b"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "/etc/passwd",
        "../other",
        "a/../b",
        "a/./b",
        "a//b",
        "a/",
        "a\\b",
        ".git/config",
        "sub/.GIT/hooks/x",
        "a\0b"
      })
  void a_scope_stays_in_the_repository(String glob) {
    assertThat(faults(step("a", new Barrier.All(List.of()), List.of(WORK), glob)))
        .containsExactly(new PlanFault.EscapingScope(id("a"), glob));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "**", "src/**", ".github/x.yml", "..a", "a..b/c", ".gitignore"})
  void a_scope_in_the_repository_is_acceptable(String glob) {
    assertThat(faults(step("a", new Barrier.All(List.of()), List.of(WORK), glob))).isEmpty();
  }

  @Test
  void a_step_can_be_performed() {
    Work idle = new Work("agent", List.of(), Map.of(), List.of(), Duration.ofMinutes(1));
    assertThat(
            faults(
                step("a", new Barrier.All(List.of()), List.of()),
                step("b", new Barrier.All(List.of()), List.of(WORK, idle))))
        .containsExactly(
            new PlanFault.NothingToDo(id("a"), "it names no engine"),
            new PlanFault.NothingToDo(id("b"), "engine agent has no arguments"));
  }

  @Test
  void every_fault_is_told_at_once() {
    assertThat(faults(step("a", "z"), step("a", "y")))
        .hasSize(3)
        .allMatch(fault -> !fault.message().isBlank());
  }

  @Test
  void a_barrier_cannot_need_more_than_it_has() {
    assertThatThrownBy(() -> new Barrier.AtLeast(2, List.of(id("a"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Barrier.AtLeast(0, List.of(id("a"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void a_plan_whose_steps_wait_for_earlier_ones_only_is_acceptable_and_its_reverse_too(
      @ForAll @Size(max = 20) List<@IntRange(max = 19) Integer> waits) {
    List<Step> steps = new ArrayList<>(List.of(step("s0")));
    for (int wait : waits) {
      steps.add(step("s" + steps.size(), "s" + wait % steps.size()));
    }
    assertThat(new Plan(steps).faults()).isEmpty();
    assertThat(new Plan(steps.reversed()).faults()).isEmpty();
  }

  @Property
  void a_cycle_that_is_reported_is_one(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(max = 7) Integer> waits) {
    List<Step> steps = new ArrayList<>();
    for (int wait : waits) {
      steps.add(step("s" + steps.size(), "s" + wait % waits.size()));
    }
    Plan plan = new Plan(steps);
    assertThat(plan.faults()).hasSize(1).allSatisfy(fault -> checkCycle(plan, fault));
  }

  private static void checkCycle(Plan plan, PlanFault fault) {
    List<StepId> path = ((PlanFault.Cycle) fault).path();
    assertThat(path).hasSizeGreaterThan(1);
    assertThat(path.getFirst()).isEqualTo(path.getLast());
    for (int i = 1; i < path.size(); i++) {
      assertThat(plan.step(path.get(i)).barrier().steps()).contains(path.get(i - 1));
    }
  }
}
