package dev.capstan.core.run;

import static dev.capstan.core.run.PolicyDraft.policy;
import static dev.capstan.core.run.RunExamples.asked;
import static dev.capstan.core.run.RunExamples.attemptFailedForGood;
import static dev.capstan.core.run.RunExamples.executed;
import static dev.capstan.core.run.RunExamples.id;
import static dev.capstan.core.run.RunExamples.ids;
import static dev.capstan.core.run.RunExamples.passed;
import static dev.capstan.core.run.RunExamples.started;
import static dev.capstan.core.run.StepDraft.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.plan.Injection;
import dev.capstan.core.plan.Injection.Place;
import dev.capstan.core.plan.PlanFault;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Steps that join a run, and places where it stops. */
final class InjectionTest {
  private static final String LATER = "docs/**";

  private static RunCommand.Inject inject(Place place, StepDraft... steps) {
    return new RunCommand.Inject(
        new Injection(Stream.of(steps).map(StepDraft::build).toList(), place));
  }

  private static RunEvent injected(RunCommand.Inject command, String... givenUp) {
    return new RunEvent.StepsInjected(command.injection(), ids(givenUp));
  }

  private static List<String> plan(Given given) {
    return ((Run.Known) given.run())
        .brief().plan().steps().stream().map(planned -> planned.id().value()).toList();
  }

  /** Step {@code a} is at work, {@code b} waits for it, {@code c} for {@code b}. */
  private static Given chain() {
    return Given.working(step("a"), step("b").after("a"), step("c").after("b"));
  }

  @Test
  void a_step_of_high_priority_goes_before_those_that_wait() {
    RunCommand.Inject urgent = inject(new Place.ByPriority(), step("urgent").priority(9));
    Given given =
        Given.working(policy().parallel(1).build(), step("a"), step("b"))
            .when(urgent)
            .then(injected(urgent))
            .and(executed("a", 1), passed("a", 1));
    assertThat(given.history().getLast()).isEqualTo(started("urgent", 1, "a-1"));
  }

  @Test
  void a_step_that_others_are_put_before_waits_for_them() {
    Given given = chain().and(inject(new Place.Before(id("c")), step("new").after("a")));
    assertThat(plan(given)).containsExactly("a", "b", "new", "c");
    assertThat(((Run.Known) given.run()).brief().plan().step(id("c")).barrier().steps())
        .isEqualTo(ids("b", "new"));
  }

  @Test
  void whatever_waited_for_a_step_waits_for_those_put_after_it() {
    Given given = chain().and(inject(new Place.After(id("a")), step("new")));
    assertThat(plan(given)).containsExactly("a", "new", "b", "c");
    var planned = ((Run.Known) given.run()).brief().plan();
    assertThat(planned.step(id("new")).barrier().steps()).isEqualTo(ids("a"));
    assertThat(planned.step(id("b")).barrier().steps()).isEqualTo(ids("a", "new"));
    assertThat(planned.step(id("c")).barrier().steps()).isEqualTo(ids("b"));
  }

  @Test
  void the_rest_is_given_up_and_what_is_under_way_goes_on() {
    RunCommand.Inject instead = inject(new Place.InsteadOfTheRest(), step("new").after("a"));
    Given given = chain().when(instead).then(injected(instead, "b", "c"));
    assertThat(given.stateOf("a")).isInstanceOf(StepState.Executing.class);
    assertThat(given.stateOf("b").status()).isEqualTo(StepState.Status.SKIPPED);
    given
        .and(executed("a", 1), passed("a", 1))
        .and(executed("new", 1))
        .when(passed("new", 1))
        .thenTypes(
            RunEvent.AttemptVerified.class,
            RunEvent.StepCompleted.class,
            RunEvent.DeliveryStarted.class);
  }

  @Test
  void a_blocked_run_goes_on_with_what_is_put_in_place_of_its_blocked_step() {
    RunCommand.Inject instead = inject(new Place.InsteadOfTheRest(), step("new"));
    Given.working(step("a"))
        .and(attemptFailedForGood("a", 1))
        .when(instead)
        .then(new RunEvent.Unblocked(), injected(instead, "a"), started("new", 1, "base"));
  }

  @Test
  void a_paused_run_takes_steps_and_starts_none() {
    RunCommand.Inject more = inject(new Place.ByPriority(), step("new").changing(LATER));
    Given.working(step("a").changing("src/**"))
        .and(new RunCommand.Pause("lunch"))
        .when(more)
        .then(injected(more))
        .when(new RunCommand.Resume())
        .then(new RunEvent.Resumed(), started("new", 1, "base"));
  }

  @Test
  void a_plan_that_waits_for_approval_takes_steps() {
    Given planned = Given.working(policy().planApprovedByPerson().build(), step("a").after());
    assertThat(plan(planned.and(inject(new Place.Before(id("a")), step("first")))))
        .containsExactly("first", "a");
  }

  @Test
  void the_time_a_step_may_wait_begins_when_it_is_injected() {
    RunCommand.Inject patient =
        inject(new Place.ByPriority(), step("new").after("a").waitingAtMost(Duration.ofMinutes(1)));
    assertThat(chain().when(patient).tasks())
        .containsExactly(new Task.Wake(new Timer.BarrierLimit(id("new"))));
  }

  @Test
  void steps_that_no_plan_could_have_are_refused() {
    refused(inject(new Place.ByPriority(), step("a")), new PlanFault.Duplicate(id("a")));
    refused(
        inject(new Place.ByPriority(), step("new").after("z")),
        new PlanFault.UnknownDependency(id("new"), id("z")));
    refused(inject(new Place.ByPriority()), new PlanFault.Empty());
    refused(
        inject(new Place.Before(id("b")), step("new").after("c")),
        new PlanFault.Cycle(ids("new", "b", "c", "new")));
  }

  @Test
  void steps_are_put_only_where_there_is_a_place() {
    refused(
        inject(new Place.Before(id("a")), step("new")),
        new PlanFault.NoPlace(id("a"), "it has begun"));
    refused(
        inject(new Place.After(id("z")), step("new")),
        new PlanFault.NoPlace(id("z"), "the plan has no such step"));
    refused(
        inject(new Place.InsteadOfTheRest(), step("new").after("b")),
        new PlanFault.UnknownDependency(id("new"), id("b")));
  }

  private static void refused(RunCommand command, PlanFault fault) {
    chain().when(command).thenRefused(new Refusal.BadPlan(List.of(fault)));
  }

  // ---- stop points

  @Test
  void a_run_pauses_where_it_was_to_stop_and_goes_on_when_told() {
    chain()
        .when(new RunCommand.StopAfter(id("a"), true))
        .then(new RunEvent.StopSet(id("a"), true))
        .and(executed("a", 1))
        .when(passed("a", 1))
        .thenTypes(
            RunEvent.AttemptVerified.class,
            RunEvent.StepCompleted.class,
            RunEvent.StopReached.class)
        .when(new RunCommand.Resume())
        .then(new RunEvent.Resumed(), started("b", 1, "a-1"));
  }

  @Test
  void a_stop_after_the_last_step_comes_before_the_delivery() {
    Given stopped =
        Given.working(step("a"))
            .and(new RunCommand.StopAfter(id("a"), true))
            .and(executed("a", 1), passed("a", 1));
    assertThat(stopped.run()).isInstanceOf(Run.Paused.class);
    stopped
        .when(new RunCommand.Resume())
        .then(new RunEvent.Resumed(), new RunEvent.DeliveryStarted());
  }

  @Test
  void a_stop_is_taken_back() {
    Given given =
        chain()
            .and(new RunCommand.StopAfter(id("a"), true), new RunCommand.StopAfter(id("a"), false))
            .and(executed("a", 1), passed("a", 1));
    assertThat(given.history().getLast()).isEqualTo(started("b", 1, "a-1"));
  }

  @Test
  void a_run_does_not_stop_after_what_it_has_not_or_has_done_already() {
    chain()
        .when(new RunCommand.StopAfter(id("z"), true))
        .thenRefused(new Refusal.NoSuchStep(id("z")));
    chain()
        .and(executed("a", 1), passed("a", 1))
        .when(new RunCommand.StopAfter(id("a"), true))
        .thenRefused(new Refusal.StepNotNow(id("a"), StepState.Status.COMPLETED, "stop after"));
  }

  // ---- questions

  @Test
  void a_question_waits_for_its_answer_while_the_rest_goes_on() {
    Given asking =
        Given.working(step("a"), step("b"))
            .when(asked("a", 1))
            .then(new RunEvent.QuestionAsked(id("a"), 1, "which one?"))
            .and(executed("b", 1))
            .when(passed("b", 1))
            .thenTypes(
                RunEvent.AttemptVerified.class,
                RunEvent.StepCompleted.class,
                RunEvent.Blocked.class);
    asking
        .when(new RunCommand.AnswerStep(id("a"), "the first"))
        .then(
            new RunEvent.Unblocked(),
            new RunEvent.QuestionAnswered(id("a"), "the first"),
            new RunEvent.StepStarted(
                id("a"),
                new Attempt(
                    2,
                    0,
                    RunExamples.commit("b-1"),
                    List.of(),
                    List.of(new Exchange("which one?", "the first")),
                    List.of(),
                    new Beginning.Fresh()),
                RunExamples.NOW));
  }

  @Test
  void an_engine_asks_three_times_at_most() {
    RunCommand answer = new RunCommand.AnswerStep(id("a"), "the first");
    Given.working(step("a"))
        .and(asked("a", 1), answer)
        .and(asked("a", 2), answer)
        .and(asked("a", 3), answer)
        .when(asked("a", 4))
        .thenTypes(
            RunEvent.AttemptFailed.class, RunEvent.StepBlocked.class, RunEvent.Blocked.class);
  }

  @Test
  void only_a_question_is_answered() {
    Given.working(step("a"))
        .when(new RunCommand.AnswerStep(id("a"), "yes"))
        .thenRefused(new Refusal.StepNotNow(id("a"), StepState.Status.RUNNING, "answer"));
  }
}
