package dev.capstan.core.run;

import static dev.capstan.core.run.PolicyDraft.policy;
import static dev.capstan.core.run.RunExamples.BASE;
import static dev.capstan.core.run.RunExamples.BASELINE;
import static dev.capstan.core.run.RunExamples.CHANGE;
import static dev.capstan.core.run.RunExamples.PULL_REQUEST;
import static dev.capstan.core.run.RunExamples.commit;
import static dev.capstan.core.run.RunExamples.completed;
import static dev.capstan.core.run.RunExamples.delivered;
import static dev.capstan.core.run.RunExamples.executed;
import static dev.capstan.core.run.RunExamples.id;
import static dev.capstan.core.run.RunExamples.measured;
import static dev.capstan.core.run.RunExamples.pass;
import static dev.capstan.core.run.RunExamples.passed;
import static dev.capstan.core.run.RunExamples.prepared;
import static dev.capstan.core.run.RunExamples.started;
import static dev.capstan.core.run.RunExamples.unchanged;
import static dev.capstan.core.run.StepDraft.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.StepId;
import dev.capstan.core.plan.PlanFault;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One step after the other, and nothing goes wrong. */
final class SequentialRunTest {
  @Test
  void a_run_goes_from_its_creation_to_its_pull_request() {
    Brief brief = RunExamples.brief(policy().build(), step("a"), step("b").after("a"));
    Given.events()
        .when(new RunCommand.Create(brief))
        .then(new RunEvent.Created(brief))
        .when(new RunCommand.Start())
        .then(new RunEvent.Started())
        .when(prepared())
        .then(new RunEvent.Prepared(BASE))
        .when(measured())
        .then(
            new RunEvent.BaselineMeasured(BASELINE),
            new RunEvent.PlanApproved("approved by policy"),
            started("a", 1, "base"))
        .when(executed("a", 1))
        .then(new RunEvent.AttemptExecuted(id("a"), commit("a-1"), CHANGE))
        .when(passed("a", 1))
        .then(
            new RunEvent.AttemptVerified(id("a"), pass("a-1")),
            completed("a", "a-1"),
            started("b", 1, "a-1"))
        .when(executed("b", 1))
        .then(new RunEvent.AttemptExecuted(id("b"), commit("b-1"), CHANGE))
        .when(passed("b", 1))
        .then(
            new RunEvent.AttemptVerified(id("b"), pass("b-1")),
            completed("b", "b-1"),
            new RunEvent.DeliveryStarted())
        .when(delivered())
        .then(new RunEvent.Completed(new Run.Outcome.Delivered(List.of(PULL_REQUEST))));
  }

  @Test
  void people_see_the_nine_words() {
    Given created = Given.created(policy().planApprovedByPerson().build(), step("a"));
    assertThat(new Run.Absent().status()).isEqualTo(Run.Status.PENDING);
    assertThat(created.status()).isEqualTo(Run.Status.PENDING);
    Given preparing = created.and(new RunCommand.Start());
    assertThat(preparing.status()).isEqualTo(Run.Status.PLANNING);
    Given planned = preparing.and(prepared(), measured());
    assertThat(planned.status()).isEqualTo(Run.Status.PLANNED);
    Given working = planned.and(new RunCommand.ApprovePlan("go"));
    assertThat(working.status()).isEqualTo(Run.Status.RUNNING);
    assertThat(working.and(new RunCommand.Pause("lunch")).status()).isEqualTo(Run.Status.PAUSED);
    assertThat(working.and(new RunCommand.Cancel("no")).status()).isEqualTo(Run.Status.CANCELLED);
    Given delivering = working.and(executed("a", 1), passed("a", 1));
    assertThat(delivering.status()).isEqualTo(Run.Status.RUNNING);
    assertThat(delivering.and(delivered()).status()).isEqualTo(Run.Status.COMPLETED);
  }

  @Test
  void each_stage_hands_out_one_task() {
    Given created = Given.created(policy().build(), step("a").priority(3));
    assertThat(created.when(new RunCommand.Start()).tasks()).containsExactly(new Task.Prepare(""));
    Given preparing = created.and(new RunCommand.Start());
    assertThat(preparing.when(prepared()).tasks())
        .containsExactly(new Task.MeasureBaseline(BASE.commit()));
    Given measuring = preparing.and(prepared());
    assertThat(measuring.when(measured()).effects())
        .containsExactly(
            new Effect.Enqueue(
                new Task.Execute(step("a").priority(3).build(), new Attempt(1, 0, commit("base"))),
                RunExamples.NOW,
                3));
    Given working = measuring.and(measured());
    assertThat(working.when(executed("a", 1)).effects())
        .containsExactly(
            new Effect.Enqueue(
                new Task.Verify(
                    step("a").priority(3).build(),
                    new Attempt(1, 0, commit("base")),
                    commit("a-1"),
                    BASE,
                    BASELINE),
                Instant.MIN,
                3));
    Given verifying = working.and(executed("a", 1));
    assertThat(verifying.when(passed("a", 1)).tasks())
        .containsExactly(new Task.Deliver(commit("a-1"), BASE));
    assertThat(verifying.and(passed("a", 1)).when(delivered()).effects())
        .containsExactly(new Effect.WithdrawAll());
  }

  @Test
  void a_step_with_a_higher_priority_goes_first_and_then_the_plan_s_order_decides() {
    Given.measuring(
            policy().parallel(3).build(),
            step("a"),
            step("b"),
            step("c").priority(5),
            step("d").priority(1))
        .when(measured())
        .then(
            new RunEvent.BaselineMeasured(BASELINE),
            new RunEvent.PlanApproved("approved by policy"),
            started("c", 1, "base"),
            started("d", 1, "base"),
            started("a", 1, "base"));
  }

  @Test
  void a_step_that_may_change_nothing_is_done_when_it_changes_nothing() {
    Given.working(step("a").mayChangeNothing(), step("b").after("a"))
        .when(unchanged("a", 1))
        .then(completed("a", "base"), started("b", 1, "base"));
  }

  @Test
  void a_run_whose_steps_all_change_nothing_has_nothing_to_deliver() {
    Given ended =
        Given.working(step("a").mayChangeNothing())
            .when(unchanged("a", 1))
            .then(
                completed("a", "base"), new RunEvent.Completed(new Run.Outcome.NothingToDeliver()));
    assertThat(ended.status()).isEqualTo(Run.Status.COMPLETED);
  }

  @Test
  void an_unchanged_step_after_a_changed_one_leaves_the_gate_open() {
    Given.working(step("a"), step("b").after("a").mayChangeNothing())
        .and(executed("a", 1), passed("a", 1))
        .when(unchanged("b", 1))
        .then(completed("b", "a-1"), new RunEvent.DeliveryStarted());
  }

  @Test
  void a_run_of_skipped_steps_has_nothing_to_deliver() {
    Given.working(step("a"))
        .when(new RunCommand.SkipStep(id("a"), "not needed"))
        .then(
            new RunEvent.StepSkipped(id("a"), "not needed"),
            new RunEvent.Completed(new Run.Outcome.NothingToDeliver()));
  }

  @Test
  void a_bad_plan_is_refused_with_every_fault() {
    Brief brief = RunExamples.brief(policy().build(), step("a").after("z"), step("b").by());
    Given.events()
        .when(new RunCommand.Create(brief))
        .thenRefused(
            new Refusal.BadPlan(
                List.of(
                    new PlanFault.UnknownDependency(id("a"), new StepId("z")),
                    new PlanFault.NothingToDo(id("b"), "it names no engine"))));
  }

  @Test
  void a_run_that_does_not_exist_refuses_everything_but_its_creation() {
    Given.events().when(new RunCommand.Start()).thenRefused(new Refusal.NoSuchRun());
  }

  @Test
  void a_second_creation_is_refused() {
    Given created = Given.created(policy().build(), step("a"));
    created
        .when(new RunCommand.Create(RunExamples.brief(policy().build(), step("a"))))
        .thenRefused(new Refusal.AlreadyExists(RunExamples.RUN));
  }
}
