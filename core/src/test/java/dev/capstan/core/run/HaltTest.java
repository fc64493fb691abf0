package dev.capstan.core.run;

import static dev.capstan.core.run.PolicyDraft.policy;
import static dev.capstan.core.run.RunExamples.BASELINE;
import static dev.capstan.core.run.RunExamples.measured;
import static dev.capstan.core.run.RunExamples.taskFailedForGood;
import static dev.capstan.core.run.StepDraft.step;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Everything stops at once, and nothing is lost by it. */
final class HaltTest {
  private static final RunCommand HALT = new RunCommand.Halt(Run.Hold.HALT, "on fire");
  private static final RunCommand ABOVE = new RunCommand.Halt(Run.Hold.HALT_ABOVE, "on fire");
  private static final RunCommand LIFT = new RunCommand.Lift(Run.Hold.HALT);
  private static final RunCommand LIFT_ABOVE = new RunCommand.Lift(Run.Hold.HALT_ABOVE);
  private static final RunCommand PAUSE = new RunCommand.Pause("lunch");

  @Test
  void a_halt_stops_the_work_and_loses_none_of_it() {
    Given working = Given.working(step("a"), step("b"));
    assertThat(working.when(HALT).effects()).containsExactly(new Effect.StopWork());
    Given halted = working.when(HALT).then(new RunEvent.Halted(Run.Hold.HALT, "on fire"));
    assertThat(halted.status()).isEqualTo(Run.Status.PAUSED);
    assertThat(halted.progress()).isEqualTo(working.progress());
    Given on = halted.when(LIFT).then(new RunEvent.Resumed());
    assertThat(on.run()).isEqualTo(working.run());
  }

  @Test
  void halting_twice_halts_once() {
    Given.working(step("a")).and(HALT).when(HALT).thenNothing().when(ABOVE).thenNothing();
    Given.working(step("a")).and(ABOVE).when(ABOVE).thenNothing();
  }

  @Test
  void a_paused_run_is_halted_too_since_its_work_was_still_to_end() {
    Given halted =
        Given.working(step("a"))
            .and(PAUSE)
            .when(HALT)
            .then(new RunEvent.Halted(Run.Hold.HALT, "on fire"));
    halted.when(new RunCommand.Resume()).then(new RunEvent.Resumed());
  }

  @Test
  void lifting_a_halt_from_above_lets_only_those_go_on_that_it_had_paused() {
    Given.working(step("a")).and(ABOVE).when(LIFT_ABOVE).then(new RunEvent.Resumed());
    Refusal.NotNow refused = new Refusal.NotNow(Run.Status.PAUSED, "lift");
    Given.working(step("a")).and(PAUSE, ABOVE).when(LIFT_ABOVE).thenRefused(refused);
    Given.working(step("a")).and(HALT, ABOVE).when(LIFT_ABOVE).thenRefused(refused);
    Given.working(step("a")).and(ABOVE, HALT).when(LIFT_ABOVE).thenRefused(refused);
  }

  @Test
  void a_spent_budget_parks_the_run_until_somebody_lets_it_go_on() {
    RunCommand spent = new RunCommand.Halt(Run.Hold.BUDGET, "no money");
    Given working = Given.working(step("a"));
    assertThat(working.when(spent).effects()).containsExactly(new Effect.StopWork());
    Given parked = working.when(spent).then(new RunEvent.Halted(Run.Hold.BUDGET, "no money"));
    parked.when(spent).thenNothing();
    Given on = parked.when(new RunCommand.Resume()).then(new RunEvent.Resumed());
    assertThat(on.run()).isEqualTo(working.run());
    working.and(PAUSE).when(spent).then(new RunEvent.Halted(Run.Hold.BUDGET, "no money"));
    working.and(HALT).when(spent).thenNothing();
    working.and(ABOVE).when(spent).thenNothing();
  }

  @Test
  void a_blocked_run_stays_blocked_and_what_is_still_under_way_is_stopped() {
    Given blocked = Given.preparing(policy().build(), step("a")).and(taskFailedForGood());
    assertThat(blocked.when(HALT).effects()).containsExactly(new Effect.StopWork());
    Given halted = blocked.when(HALT).then(new RunEvent.Halted(Run.Hold.HALT, "on fire"));
    assertThat(halted.run()).isEqualTo(blocked.run());
    blocked.when(ABOVE).thenNothing();
  }

  @Test
  void a_halt_outlives_the_end_of_the_stage_before_the_work() {
    Given.measuring(policy().build(), step("a"))
        .and(ABOVE)
        .when(measured())
        .then(
            new RunEvent.BaselineMeasured(BASELINE),
            new RunEvent.PlanApproved("approved by policy"),
            new RunEvent.Halted(Run.Hold.HALT_ABOVE, "on fire"));
  }

  @Test
  void a_run_that_has_nothing_under_way_is_not_halted() {
    Given.created(policy().build(), step("a"))
        .when(HALT)
        .thenRefused(new Refusal.NotNow(Run.Status.PENDING, "halt"));
  }
}
