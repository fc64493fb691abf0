package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.api.CreateRun.EngineDocument;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.CreateRun.StepDocument;
import dev.capstan.api.EstimatePlan;
import dev.capstan.api.PlanGoal;
import dev.capstan.api.PlannedGoal;
import dev.capstan.api.RunView;
import dev.capstan.api.StepEstimate;
import dev.capstan.cli.session.ApiFailure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Goals in plain words, planned by rules on a real repository. */
@ExtendWith(ProductExtension.class)
class GoalsByRulesTest {
  private final Product product;

  GoalsByRulesTest(Product product) {
    this.product = product;
  }

  private PlannedGoal plan(Repository repository, String goal) {
    return plan(product, repository, goal);
  }

  private static PlannedGoal plan(Product product, Repository repository, String goal) {
    return product.client().plan(new PlanGoal("", repository.path().toString(), "", goal, ""));
  }

  @Test
  void what_a_goal_means_is_planned_and_carried_out() {
    Repository repository = product.repository();
    repository.write("src/spaces.js", "export const one = 1;  \nexport const two = 2;\n");
    repository.commit("feat: count");

    PlannedGoal planned = plan(repository, "Remove trailing whitespace");
    StepDocument step = planned.plan().steps().getFirst();
    RunView run = product.carryOut(repository, step);

    assertThat(planned.notes()).isEmpty();
    assertThat(step.engines().getFirst().arguments()).startsWith("sed").endsWith("{files}");
    assertThat(step.reason()).contains("Found in src/spaces.js");
    assertThat(run.status()).as("%s", product.printed(run.id())).isEqualTo("completed");
    assertThat(Repository.git(product.forge(run), "show", run.tip() + ":src/spaces.js"))
        .startsWith("export const one = 1;\nexport");
  }

  @Test
  void a_step_is_estimated_from_what_was_measured_and_unknown_before() {
    try (Product alone = new Product()) {
      estimatedIn(alone);
    }
  }

  /** What others have done on an installation counts, so this one is new. */
  private static void estimatedIn(Product product) {
    Repository repository = product.repository();
    repository.write("src/same.js", "export const same = 1;  \n");
    repository.commit("feat: same");
    StepDocument strange =
        plan(product, repository, "Remove trailing whitespace")
            .plan()
            .steps()
            .getFirst()
            .by(List.of(EngineDocument.command(List.of("true"))), Map.of());
    EstimatePlan unlike =
        new EstimatePlan(
            "", repository.path().toString(), new PlanDocument(List.of(ofKind("odd", strange))));

    StepEstimate nothing = product.client().estimates(unlike).getFirst();
    StepEstimate before =
        plan(product, repository, "Remove trailing whitespace").estimates().getFirst();
    product.carryOut(
        repository,
        plan(product, repository, "Remove trailing whitespace")
            .plan()
            .steps()
            .toArray(StepDocument[]::new));
    StepEstimate after =
        plan(product, repository, "Remove trailing whitespace").estimates().getFirst();

    assertThat(nothing)
        .isEqualTo(
            new StepEstimate(
                "trailing-whitespace",
                null,
                "nothing was measured of this project",
                null,
                "no such step has ended here"));
    assertThat(before.seconds()).isNull();
    assertThat(after.seconds()).isPositive();
    assertThat(after.secondsFrom()).isEqualTo("median of 1 in this project, the same work");
    assertThat(after.confidence()).isEqualTo(100);
    assertThat(after.confidenceFrom()).endsWith(" completed, the same work");
    assertThat(product.client().estimates(unlike).getFirst().secondsFrom())
        .isEqualTo("the build and tests of this project, without a change");
  }

  private static StepDocument ofKind(String kind, StepDocument step) {
    return new StepDocument(
        step.id(),
        kind,
        step.title(),
        step.reason(),
        step.engines(),
        step.after(),
        step.needed(),
        step.scope(),
        step.judge(),
        step.files(),
        step.environment(),
        step.timeLimitSeconds(),
        step.waitLimitSeconds(),
        step.priority(),
        step.attempts(),
        step.minimumTests(),
        step.mayChangeNothing(),
        step.approval(),
        step.stop());
  }

  @Test
  void what_a_bundled_codemod_can_do_needs_neither_a_download_nor_maven() {
    Repository repository = product.repository();
    repository.write("src/A.java", "import b.B;\nimport c.C;\n\nclass A extends C {}\n");
    repository.commit("feat: a");

    StepDocument step = plan(repository, "Remove unused imports").plan().steps().getFirst();
    RunView run = product.carryOut(repository, step);

    assertThat(step.engines())
        .containsExactly(
            new EngineDocument(EngineDocument.CODEMOD, List.of("capstan:unused-imports")));
    assertThat(run.status()).as("%s", product.printed(run.id())).isEqualTo("completed");
    assertThat(Repository.git(product.forge(run), "show", run.tip() + ":src/A.java"))
        .isEqualTo("import c.C;\n\nclass A extends C {}");
    StepDocument unknown =
        step.by(
            List.of(new EngineDocument(EngineDocument.CODEMOD, List.of("capstan:magic"))),
            Map.of());
    assertThatThrownBy(() -> product.start(repository, unknown))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("no codemod \"capstan:magic\" comes with Capstan");
  }

  @Test
  void a_task_list_is_carried_out_and_ticked() {
    Repository repository = product.repository();
    repository.write("src/spaces.js", "export const one = 1;  \n");
    repository.write(
        "TASKS.md",
        """
        # Before the release
        - [x] count
        - [ ] Tidy up
          - [ ] Remove trailing whitespace
          - [ ] Greet: `sh -c "echo hello you > src/greeting.txt"`
        - [ ] Paint the bicycle shed
        """);
    repository.commit("docs: say what is left");

    PlannedGoal planned =
        product.client().plan(new PlanGoal("", repository.path().toString(), "", "", "TASKS.md"));
    RunView run = product.carryOut(repository, planned.plan().steps().toArray(StepDocument[]::new));

    assertThat(planned.notes())
        .singleElement()
        .asString()
        .startsWith("\"Paint the bicycle shed\" was not understood");
    assertThat(run.status()).as("%s", product.printed(run.id())).isEqualTo("completed");
    assertThat(Repository.git(product.forge(run), "show", run.tip() + ":TASKS.md"))
        .isEqualTo(
            """
            # Before the release
            - [x] count
            - [x] Tidy up
              - [x] Remove trailing whitespace
              - [x] Greet: `sh -c "echo hello you > src/greeting.txt"`
            - [ ] Paint the bicycle shed
            """
                .strip());
  }

  @Test
  void a_task_list_that_is_not_there_is_an_error() {
    PlanGoal absent =
        new PlanGoal("", product.repository().path().toString(), "", "", "../TASKS.md");

    assertThatThrownBy(() -> product.client().plan(absent))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("there is no task list ../TASKS.md in the repository");
  }

  @Test
  void what_is_not_understood_or_has_nothing_to_do_is_said() {
    PlannedGoal planned =
        plan(
            product.repository(),
            "Remove trailing whitespace, migrate to JUnit 5 and delete unused customers");

    assertThat(planned.plan().steps()).isEmpty();
    assertThat(planned.notes())
        .anySatisfy(note -> assertThat(note).startsWith("trailing-whitespace is left out: nothing"))
        .anySatisfy(note -> assertThat(note).startsWith("junit5 is left out: works with maven"))
        .anySatisfy(note ->
            assertThat(note)
                .startsWith("\"delete unused customers\" was not understood")
                .contains("remove unused"));
  }

  @Test
  void the_nearest_of_the_catalogue_are_found_by_words() {
    assertThat(product.client().catalogue("unused imports").getFirst().id())
        .isEqualTo("unused-imports");
    assertThat(product.client().catalogue("")).hasSizeGreaterThan(15);
  }

  @Test
  void an_engine_that_is_not_here_is_named_before_anything_runs() {
    StepDocument step =
        new StepDocument(
            "magic",
            "feat",
            "do magic",
            "",
            List.of(new EngineDocument("wand", List.of("abracadabra"))),
            List.of(),
            0,
            List.of(),
            List.of(),
            Map.of(),
            List.of(),
            0,
            0,
            0,
            1,
            1,
            false,
            false,
            false);

    assertThatThrownBy(() -> product.start(product.repository(), step))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("step magic needs the engine \"wand\"")
        .hasMessageContaining("codemod, command, dependencies, openrewrite, task-list");
  }
}
