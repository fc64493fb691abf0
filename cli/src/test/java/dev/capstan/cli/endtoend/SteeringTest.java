package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.capstan.api.Action;
import dev.capstan.api.ChangedPlan;
import dev.capstan.api.ChangedPlan.PlacedStep;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.CreateRun.StepDocument;
import dev.capstan.api.InjectSteps;
import dev.capstan.api.InjectSteps.Place;
import dev.capstan.api.RunView;
import dev.capstan.api.RunView.StepView;
import dev.capstan.cli.session.ApiFailure;
import java.util.List;
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
