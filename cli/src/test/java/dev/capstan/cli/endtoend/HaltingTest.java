package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.capstan.api.Action;
import dev.capstan.api.CreateRun.StepDocument;
import dev.capstan.api.HaltView;
import dev.capstan.api.RunView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Emergency stops, on installations of their own since one concerns everything. */
class HaltingTest {
  /** Processes that fork, leave their session and ignore SIGTERM; told to, it does its work. */
  static StepDocument stubborn(String mark) {
    String line =
        "if [ -e /capstan/instructions/1 ]; then cp /capstan/instructions/1 src/greeting.txt; exit; fi;"
            + " trap '' TERM; (trap '' TERM; sleep "
            + mark
            + ") & (trap '' TERM; setsid sh -c 'trap \"\" TERM; sleep "
            + mark
            + " & sleep "
            + mark
            + "') & sleep "
            + mark;
    return StepDraft.shell("greet", line).step();
  }

  /** How long it took until none of them was left. */
  static Duration gone(String mark, Runnable stop) {
    await()
        .atMost(Product.PATIENCE)
        .until(() -> Processes.sleeping(mark), found -> found.size() >= 4);
    Instant before = Instant.now();
    stop.run();
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(5))
        .pollDelay(Duration.ZERO)
        .until(() -> Processes.sleeping(mark), List::isEmpty);
    Duration took = Duration.between(before, Instant.now());
    System.out.println("every process was gone after " + took.toMillis() + " ms");
    return took;
  }

  private static void completes(Product product, String run) {
    RunView done = product.rest(run);
    assertThat(done.status()).as("%s", product.printed(run)).isEqualTo("completed");
    assertThat(done.steps().getFirst().attempts()).as("none has failed").hasSize(1);
    assertThat(product.eventTypes(run)).doesNotContain("attempt-failed.v1");
  }

  @Test
  void a_run_is_stopped_with_every_process_and_loses_nothing() {
    try (Product product = new Product()) {
      String mark = Processes.newMark();
      String run = product.start(product.repository(), stubborn(mark));

      Duration took = gone(mark, () -> product.act(run, Action.HALT, "", "it goes astray"));

      assertThat(took).isLessThan(Duration.ofSeconds(2));
      RunView halted = product.client().run(run);
      assertThat(halted.status()).isEqualTo("paused");
      assertThat(halted.reason()).isEqualTo("it goes astray");
      assertThat(halted.needs()).containsExactly("capstan lift " + run);

      product.act(run, Action.INSTRUCT, "greet", "hello you");
      product.act(run, Action.LIFT, "", "");
      completes(product, run);
    }
  }

  @Test
  void a_halted_project_stays_so_over_a_restart_until_it_is_lifted() {
    Product product = new Product();
    String mark = Processes.newMark();
    String run = product.start(product.repository(), stubborn(mark));
    String project = product.client().run(run).project();
    assertThat(gone(mark, () -> product.client().halt(project, "on fire")))
        .isLessThan(Duration.ofSeconds(2));
    product.act(run, Action.INSTRUCT, "greet", "hello you");
    product.stop();
    try (Product again = product.again()) {
      assertThat(again.client().halts())
          .extracting(HaltView::reach, HaltView::id, HaltView::reason)
          .containsExactly(tuple("project", project, "on fire"));
      RunView halted = again.client().run(run);
      assertThat(halted.status()).isEqualTo("paused");
      assertThat(halted.reason()).isEqualTo("the project " + project + " is halted: on fire");

      String other =
          again.start(
              again.repository(),
              StepDraft.shell("greet", "echo hello you > src/greeting.txt").step());
      assertThat(again.rest(other).status()).as("another project goes on").isEqualTo("completed");

      assertThat(again.client().lift(project)).isEmpty();
      completes(again, run);
    }
  }

  @Test
  void everything_is_halted_and_what_is_started_meanwhile_waits() {
    try (Product product = new Product()) {
      String mark = Processes.newMark();
      String run = product.start(product.repository(), stubborn(mark));
      String paused = product.start(product.repository(), stubborn(Processes.newMark()));
      product.act(paused, Action.PAUSE, "", "lunch");
      assertThat(gone(mark, () -> product.client().halt("", "on fire")))
          .isLessThan(Duration.ofSeconds(2));
      String later =
          product.start(
              product.repository(),
              StepDraft.shell("greet", "echo hello you > src/greeting.txt").step());
      product.act(run, Action.INSTRUCT, "greet", "hello you");
      assertThat(product.client().run(later).status()).isEqualTo("planning");

      product.client().lift("");

      completes(product, run);
      completes(product, later);
      assertThat(product.client().run(paused).status()).as("by a person").isEqualTo("paused");
    }
  }
}
