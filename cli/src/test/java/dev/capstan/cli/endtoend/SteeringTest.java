package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.capstan.api.Action;
import dev.capstan.api.ChangedPlan;
import dev.capstan.api.ChangedPlan.PlacedStep;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.CreateRun.StepDocument;
import dev.capstan.api.ForkRun;
import dev.capstan.api.InjectSteps;
import dev.capstan.api.InjectSteps.Place;
import dev.capstan.api.RunView;
import dev.capstan.api.RunView.StepView;
import dev.capstan.cli.session.ApiFailure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** People change what a run is to do while it does it. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(ProductExtension.class)
class SteeringTest {
  private final Product product;

  SteeringTest(Product product) {
    this.product = product;
  }

  private static StepDocument greeting() {
    return StepDraft.shell("greet", "echo hello you > src/greeting.txt").step();
  }

  private static InjectSteps inject(Place place, String step, boolean preview, StepDraft... more) {
    return new InjectSteps(
        new PlanDocument(List.of(more).stream().map(StepDraft::step).toList()),
        place,
        step,
        preview);
  }

  @Test
  void a_run_pauses_at_its_stop_point_and_takes_more_steps_there() {
    String run =
        product.start(
            product.repository(),
            greeting().stopping(),
            StepDraft.shell("last", "echo last >> src/words.txt").after("greet").step());
    RunView stopped = product.rest(run);
    assertThat(stopped.status()).as("%s", product.printed(run)).isEqualTo("paused");
    assertThat(stopped.reason()).isEqualTo("stop point after greet");

    StepDraft more = StepDraft.shell("more", "echo more >> src/words.txt").attempts(0);
    ChangedPlan preview = product.client().inject(run, inject(Place.BEFORE, "last", true, more), 0);
    assertThat(preview.applied()).isFalse();
    assertThat(preview.steps())
        .extracting(PlacedStep::id, PlacedStep::change)
        .containsExactly(
            tuple("greet", ""), tuple("more", "added"), tuple("last", "waits also for more"));
    assertThat(product.client().run(run).version()).isEqualTo(stopped.version());

    product.client().inject(run, inject(Place.BEFORE, "last", false, more), 0);
    product.act(run, Action.RESUME, "", "");
    RunView done = product.rest(run);

    assertThat(done.status()).as("%s", product.printed(run)).isEqualTo("completed");
    assertThat(done.steps()).extracting(StepView::id).containsExactly("greet", "more", "last");
    assertThat(Repository.git(product.forge(done), "show", done.tip() + ":src/words.txt"))
        .endsWith("more\nlast");
  }

  @Test
  void what_cannot_be_done_is_replaced() {
    String run = product.start(product.repository(), StepDraft.of("break", "false").step());
    assertThat(product.rest(run).status()).isEqualTo("blocked");

    product
        .client()
        .inject(
            run,
            inject(
                Place.INSTEAD,
                "",
                false,
                StepDraft.shell("other", "echo hello you > src/greeting.txt").attempts(0)),
            0);
    RunView done = product.rest(run);

    assertThat(done.status()).as("%s", product.printed(run)).isEqualTo("completed");
    assertThat(done.steps()).extracting(StepView::status).containsExactly("skipped", "completed");
  }

  @Test
  void steps_that_make_no_sense_are_refused_and_change_nothing() {
    String run = product.start(product.repository(), greeting().stopping());
    RunView stopped = product.rest(run);

    assertThatThrownBy(() ->
            product
                .client()
                .inject(
                    run,
                    inject(Place.BEFORE, "greet", false, StepDraft.of("late", "true").attempts(0)),
                    0))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("no step can be put before or after greet: it has begun");
    assertThat(product.client().run(run).version()).isEqualTo(stopped.version());
  }

  /** A command that does what it is told while it runs. */
  static StepDocument waitsToBeTold() {
    return StepDraft.shell(
            "greet",
            "echo I wait; while [ ! -e /capstan/instructions/1 ]; do sleep 0.1; done;"
                + " cp /capstan/instructions/1 src/greeting.txt")
        .step();
  }

  @Test
  void a_command_hears_an_instruction_while_it_runs() {
    String run = product.start(product.repository(), waitsToBeTold());
    product.await(run, _ -> product.printed(run).contains("I wait"));

    product.act(run, Action.INSTRUCT, "greet", "hello there");
    RunView done = product.rest(run);

    assertThat(done.status()).as("%s", product.printed(run)).isEqualTo("completed");
    assertThat(done.steps().getFirst().attempts()).hasSize(1);
    assertThat(Repository.git(product.forge(done), "show", done.tip() + ":src/greeting.txt"))
        .isEqualTo("hello there");
  }

  @Test
  void a_run_goes_back_to_before_a_step_and_its_later_work_is_kept() {
    String run =
        product.start(
            product.repository(),
            greeting(),
            StepDraft.shell("more", "date +%N >> src/words.txt").after("greet").step().stopping(),
            StepDraft.shell("last", "echo last >> src/words.txt").after("more").step());
    RunView stopped = product.rest(run);
    String abandoned = stopped.tip();

    RunView back = product.act(run, Action.RERUN, "more", "once more");
    assertThat(back.status()).isEqualTo("paused");
    assertThat(back.tip()).isNotEqualTo(abandoned);
    assertThat(back.steps())
        .extracting(StepView::status)
        .containsExactly("completed", "pending", "pending");
    product.act(run, Action.RESUME, "", "");
    RunView done = product.rest(run);

    assertThat(done.status()).as("%s", product.printed(run)).isEqualTo("completed");
    assertThat(Repository.git(product.forge(done), "log", "--format=%H", done.tip()))
        .doesNotContain(abandoned);
    assertThat(
            Repository.git(
                product.mirror(done), "for-each-ref", "--contains", abandoned, "refs/capstan"))
        .contains("/more/1/");
  }

  @Test
  void a_fork_begins_where_the_other_run_was_and_may_choose_another_engine() {
    String run =
        product.start(
            product.repository(),
            greeting(),
            StepDraft.shell("words", "echo one > src/words.txt").after("greet").step());
    RunView first = product.rest(run);
    assertThat(first.status()).as("%s", product.printed(run)).isEqualTo("completed");

    ForkRun request = new ForkRun(Product.newId(), 0, "words", Map.of("words", "command"), true);
    RunView fork = product.client().fork(run, request);
    RunView done = product.rest(fork.id());

    assertThat(done.status()).as("%s", product.printed(done.id())).isEqualTo("completed");
    assertThat(done.origin().run()).isEqualTo(run);
    assertThat(done.pullRequest()).isNotEqualTo(first.pullRequest());
    assertThat(done.steps().getFirst().attempts()).as("not done again").isEmpty();
    RunView then = product.client().runAt(run, done.origin().version());
    assertThat(then.status()).isEqualTo("running");
    assertThat(then.steps()).extracting(StepView::status).containsExactly("completed", "pending");
    assertThat(Repository.git(product.forge(done), "log", "--format=%H", done.tip()))
        .contains(then.tip());
    assertThat(product.client().fork(run, request).version()).as("again").isEqualTo(done.version());
    assertThatThrownBy(() ->
            product
                .client()
                .fork(run, new ForkRun("x", 0, "words", Map.of("words", "nobody"), true)))
        .hasMessageContaining("step words has no engine \"nobody\", but [command]");
    assertThatThrownBy(() -> product.client().fork(run, new ForkRun("x", 999, "", Map.of(), true)))
        .hasMessageContaining("events");
  }

  @Test
  void a_paused_run_goes_on_step_by_step_and_is_delivered_when_a_person_has_enough() {
    String run =
        product.start(
            product.repository(),
            greeting().stopping(),
            StepDraft.shell("more", "echo more >> src/words.txt").after("greet").step(),
            StepDraft.shell("last", "echo last >> src/words.txt").after("more").step());
    product.rest(run);

    product.act(run, Action.NEXT, "", "");
    RunView second = product.await(run, view -> view.reason().equals("stop point after more"));
    assertThat(second.steps())
        .extracting(StepView::status)
        .containsExactly("completed", "completed", "pending");

    product.act(run, Action.DELIVER, "", "the rest can wait");
    RunView done = product.rest(run);
    assertThat(done.status()).as("%s", product.printed(run)).isEqualTo("completed");
    assertThat(done.steps().getLast().status()).isEqualTo("skipped");
    assertThat(Repository.git(product.forge(done), "show", done.tip() + ":src/words.txt"))
        .isEqualTo("more");
  }

  @Test
  void a_command_asks_and_gets_an_answer_while_the_rest_goes_on() {
    String line =
        "if [ -f /capstan/files/answers.json ]; then"
            + " grep -o 'hello [a-z]*' /capstan/files/answers.json > src/greeting.txt;"
            + " else echo 'Whom shall I greet?' > /capstan/ask/question; exit 1; fi";
    String run =
        product.start(
            product.repository(),
            StepDraft.shell("greet", line).scope("src/greeting.txt").step(),
            StepDraft.shell("words", "echo more >> src/words.txt").scope("src/words.txt").step());
    RunView asking = product.rest(run);

    assertThat(asking.status()).isEqualTo("blocked");
    assertThat(asking.steps())
        .extracting(StepView::status)
        .as("%s", product.printed(run))
        .containsExactly("blocked", "completed");
    assertThat(asking.steps().getFirst().detail()).isEqualTo("asks: Whom shall I greet?");
    assertThat(asking.needs()).contains("capstan answer " + run + " greet TEXT");

    product.act(run, Action.ANSWER, "", "hello you");
    RunView done = product.rest(run);

    assertThat(done.status()).as("%s", product.printed(run)).isEqualTo("completed");
    assertThat(Repository.git(product.forge(done), "show", done.tip() + ":src/greeting.txt"))
        .isEqualTo("hello you");
  }
}
