package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.api.Action;
import dev.capstan.api.ActionRequest;
import dev.capstan.api.CreateRun;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.ErrorCode;
import dev.capstan.api.RunView;
import dev.capstan.api.RunView.StepView;
import dev.capstan.cli.session.ApiFailure;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** People stop, hold and go on with runs. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(ProductExtension.class)
class ControlTest {
  private final Product product;

  ControlTest(Product product) {
    this.product = product;
  }

  @Test
  void nothing_new_starts_in_a_paused_run_until_it_goes_on() {
    String run =
        product.start(
            product.repository(),
            StepDraft.shell("first", "echo begun; sleep 1; echo hello you > src/greeting.txt")
                .step(),
            StepDraft.shell("second", "echo 33 > src/total.txt").after("first").step());
    product.await(run, _ -> product.printed(run).contains("begun"));

    product.act(run, Action.PAUSE, "", "lunch");
    RunView held =
        product.await(
            run, view -> view.steps().getFirst().attempts().getFirst().state().equals("verifying"));

    assertThat(held.status()).isEqualTo("paused");
    assertThat(held.reason()).contains("lunch");
    assertThat(held.needs()).containsExactly("capstan resume " + run);
    assertThat(held.steps().getLast().status()).isEqualTo("pending");

    product.act(run, Action.RESUME, "", "");
    RunView done = product.rest(run);
    assertThat(done.status()).as(done.reason()).isEqualTo("completed");
    assertThat(done.steps()).extracting(StepView::status).containsOnly("completed");
  }

  @Test
  void cancelling_ends_a_sleeping_command_at_once() {
    String mark = Processes.newMark();
    String run = product.start(product.repository(), StepDraft.of("wait", "sleep", mark).step());
    Awaitility.await()
        .atMost(Product.PATIENCE)
        .until(() -> Processes.sleeping(mark), found -> !found.isEmpty());

    RunView cancelled = product.act(run, Action.CANCEL, "", "changed my mind");

    assertThat(cancelled.status()).isEqualTo("cancelled");
    assertThat(cancelled.reason()).contains("changed my mind");
    Awaitility.await()
        .atMost(Duration.ofSeconds(2))
        .until(() -> Processes.sleeping(mark), List::isEmpty);
    assertThat(product.client().run(run).status()).isEqualTo("cancelled");
  }

  @Test
  void a_command_for_an_old_version_is_a_conflict() {
    RunView run =
        product.carryOut(
            product.repository(), StepDraft.shell("break", "echo 4 > src/total.txt").step());
    assertThat(run.status()).isEqualTo("blocked");

    ActionRequest cancel = new ActionRequest("", "");
    long stale = run.version() - 1;
    assertThatThrownBy(() -> product.client().act(run.id(), Action.CANCEL, cancel, stale))
        .isInstanceOfSatisfying(
            ApiFailure.class, refused -> assertThat(refused.code()).isEqualTo(ErrorCode.STALE))
        .hasMessageContaining("version " + run.version());
    assertThat(product.client().run(run.id()).version()).isEqualTo(run.version());

    assertThat(product.client().act(run.id(), Action.CANCEL, cancel, run.version()).status())
        .isEqualTo("cancelled");
  }

  @Test
  void a_plan_that_waits_for_approval_starts_nothing_before_it() {
    Repository repository = product.repository();
    var request =
        new CreateRun(
            Product.newId(),
            repository.path().toString(),
            "",
            "Change the shop",
            "",
            new PlanDocument(
                List.of(StepDraft.shell("greet", "echo hello you > src/greeting.txt").step())),
            true,
            0,
            true);
    product.create(request);

    RunView planned = product.rest(request.id());
    assertThat(planned.status()).isEqualTo("planned");
    assertThat(planned.steps().getFirst().attempts()).isEmpty();
    assertThat(planned.needs()).contains("capstan approve " + planned.id());

    product.act(planned.id(), Action.APPROVE, "", "go");
    assertThat(product.rest(planned.id()).status()).isEqualTo("completed");
  }

  @Test
  void a_run_that_is_over_takes_no_more_commands() {
    String run = product.start(product.repository(), StepDraft.of("wait", "sleep", "60").step());
    product.act(run, Action.CANCEL, "", "");

    Set<Action> ofSteps =
        EnumSet.of(
            Action.SKIP,
            Action.ANSWER,
            Action.INSTRUCT,
            Action.CONTINUE,
            Action.RERUN,
            Action.STOP_AFTER,
            Action.GO_ON_AFTER);
    for (Action action : Action.values()) {
      String step = ofSteps.contains(action) ? "wait" : "";
      assertThatThrownBy(() -> product.act(run, action, step, "because"))
          .as(action.name())
          .isInstanceOfSatisfying(
              ApiFailure.class,
              refused -> assertThat(refused.code()).isEqualTo(ErrorCode.CONFLICT));
    }
  }
}
