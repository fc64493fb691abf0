package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.api.RunView;
import dev.capstan.api.RunView.AttemptView;
import dev.capstan.api.RunView.StepView;
import dev.capstan.cli.DidNotRun;
import dev.capstan.cli.command.CapstanCommand;
import dev.capstan.workspace.toolchain.Toolchains;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What {@code capstan demo} promises, on the sample that it comes with. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoTest {
  private static final List<String> BY_RULES =
      List.of(
          "unused-private-methods",
          "unused-private-fields",
          "unused-imports",
          "diamond",
          "trailing-whitespace",
          "tick");

  private Product product;
  private RunView run;

  @BeforeAll
  void carry_out_the_demo() {
    DidNotRun.unless(Toolchains.isInstalled("mvn"), "Maven is not installed");
    product =
        new Product(
            Map.of(
                "PATH",
                System.getenv("PATH"),
                "HOME",
                System.getProperty("user.home"),
                "CAPSTAN_DISK_LIMIT_MB",
                "1000",
                "CAPSTAN_MEMORY_LIMIT_MB",
                "2000"));
    int exit =
        CapstanCommand.execute(
            "demo",
            "--examples",
            Path.of("..", "examples").toString(),
            "--data",
            product.data().toString());
    run = product.client().run(product.client().runs(1).getFirst().id());
    assertThat(exit).as("%s", product.printed(run.id())).isZero();
  }

  @AfterAll
  void close() {
    if (product != null) {
      product.close();
    }
  }

  @Test
  void steps_planned_by_rules_are_carried_out_and_their_tasks_ticked() {
    assertThat(run.steps()).extracting(StepView::id).startsWith(BY_RULES.toArray(String[]::new));
    assertThat(run.steps()).extracting(StepView::status).containsOnly("completed");
    assertThat(run.steps().subList(0, BY_RULES.size()))
        .allSatisfy(step ->
            assertThat(step.attempts().getLast().linesDeleted()).as(step.id()).isPositive());
    assertThat(delivered("TASKS.md"))
        .contains("- [x] Tidy up", "  - [x] Use the diamond", "- [ ] Announce it");
  }

  @Test
  void what_breaks_tests_is_refused_and_the_next_engine_takes_over() {
    List<AttemptView> attempts = step("narrow-catches").attempts();

    assertThat(attempts).hasSize(2);
    assertThat(attempts.getFirst().failure()).contains("2 passed before and fail now");
    assertThat(attempts.getFirst().engine()).isNotEqualTo(attempts.getLast().engine());
    assertThat(attempts.getLast().failure()).isEmpty();
  }

  @Test
  void a_change_that_conflicts_is_made_again_on_the_branch_as_it_is_by_then() {
    assertThat(
            Stream.of("manual-to-docs", "times-page").flatMap(id -> step(id).attempts().stream()))
        .extracting(AttemptView::failure)
        .anySatisfy(failure ->
            assertThat(failure).contains("its change conflicts with the run's branch on"));
    assertThat(
            Stream.of("manual-to-docs", "times-page").flatMap(id -> step(id).attempts().stream()))
        .flatExtracting(AttemptView::conflicts)
        .isNotEmpty();
    assertThat(delivered("docs/times.md"))
        .contains("| `HumanDuration.parse(\"1h 30m\")` | `PT1H30M` |");
    assertThat(Repository.git(product.forge(run), "ls-tree", "--name-only", run.tip()))
        .contains("docs")
        .doesNotContain("manual");
  }

  private String delivered(String path) {
    return Repository.git(product.forge(run), "show", run.tip() + ":" + path);
  }

  private StepView step(String id) {
    return run.steps().stream().filter(step -> step.id().equals(id)).findFirst().orElseThrow();
  }
}
