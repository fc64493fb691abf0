package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.capstan.api.CreateRun.EngineDocument;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.CreateRun.StepDocument;
import dev.capstan.api.EstimatePlan;
import dev.capstan.api.GoalFinding;
import dev.capstan.api.Performer;
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
    return product.client().plan(PlanGoal.of("", repository.path().toString(), "", goal, ""));
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
        product.client().plan(PlanGoal.of("", repository.path().toString(), "", "", "TASKS.md"));
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
        PlanGoal.of("", product.repository().path().toString(), "", "", "../TASKS.md");

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

  /** Its tests say that they execute some lines of two files. */
  private Repository half() {
    Repository repository = product.repository();
    repository.write(".capstan/config.yaml", "toolchain:\n  coverage: [lcov.info]\n");
    repository.write("Makefile", "test:\n\t@sh suite.sh\n\t@cp covered.txt lcov.info\n");
    repository.write("src/basket.sh", "one\ntwo\nthree\nfour\n");
    repository.write("src/cart/item.sh", "one\ntwo\n");
    repository.write(
        "covered.txt",
        """
        SF:src/basket.sh
        DA:1,1
        DA:2,0
        DA:3,0
        DA:4,1
        end_of_record
        SF:src/cart/item.sh
        DA:1,0
        DA:2,1
        end_of_record
        """);
    repository.commit("feat: half of it");
    return repository;
  }

  private PlannedGoal plan(Repository repository, String goal, String... command) {
    return product
        .client()
        .plan(
            new PlanGoal(
                "",
                repository.path().toString(),
                "",
                goal,
                "",
                new Performer(List.of(command), List.of(), 0)));
  }

  @Test
  void files_that_tests_do_not_cover_are_steps_side_by_side_each_with_its_own_file() {
    Repository repository = half();
    String[] command = {
      "sh", "-c", "mkdir -p tests; echo \"$1 $2\" > \"$3\"", "sh", "{file}", "{lines}", "{test}"
    };

    PlannedGoal unmeasured = plan(repository, "Raise test coverage", command);
    product.carryOut(repository, StepDraft.shell("greet", "echo hello > src/new.txt").step());
    PlannedGoal shown = plan(repository, "Raise test coverage");
    PlannedGoal part = plan(repository, "Raise the coverage of src/cart", command);
    PlannedGoal planned = plan(repository, "Raise test coverage", command);
    RunView run = product.carryOut(repository, planned.plan().steps().toArray(StepDocument[]::new));

    assertThat(unmeasured.plan().steps()).isEmpty();
    assertThat(String.join("; ", unmeasured.notes()))
        .contains("coverage is left out: nothing was measured of this project yet");
    assertThat(shown.plan().steps()).isEmpty();
    assertThat(shown.findings())
        .containsExactly(
            new GoalFinding(
                "coverage",
                "src/basket.sh",
                "2-3",
                "tests/basket_test.sh",
                "src/basket.sh: 2 of 4 lines are not covered"),
            new GoalFinding(
                "coverage",
                "src/cart/item.sh",
                "1",
                "tests/item_test.sh",
                "src/cart/item.sh: 1 of 2 lines are not covered"));
    assertThat(shown.notes()).singleElement().asString().contains("say what does", "{file}");
    assertThat(part.findings()).extracting(GoalFinding::file).containsExactly("src/cart/item.sh");
    assertThat(planned.plan().steps()).allSatisfy(step -> assertThat(step.after()).isEmpty());
    assertThat(planned.plan().steps())
        .extracting(StepDocument::kind, StepDocument::scope, StepDocument::reason)
        .containsExactly(
            tuple("test", List.of("tests/basket_test.sh"), shown.findings().get(0).why()),
            tuple("test", List.of("tests/item_test.sh"), shown.findings().get(1).why()));
    assertThat(run.status()).as("%s", product.printed(run.id())).isEqualTo("completed");
    assertThat(Repository.git(product.forge(run), "show", run.tip() + ":tests/basket_test.sh"))
        .isEqualTo("src/basket.sh 2-3");
    assertThat(Repository.git(product.forge(run), "show", run.tip() + ":tests/item_test.sh"))
        .isEqualTo("src/cart/item.sh 1");
  }

  @Test
  void secrets_that_stand_in_the_code_are_steps_that_never_show_them() {
    String token = "ghp_" + "1A2b3C4d5E6f7G8h9I0j1K2l3M4n5O6p7Q8r";
    Repository repository = product.repository();
    repository.write("src/key.js", "// key\nexport const key = \"" + token + "\";\n");
    repository.commit("feat: sign in");
    String[] command = {"sed", "-i", "-E", "s/ghp_[A-Za-z0-9]+/FROM_OUTSIDE/", "{file}"};

    PlannedGoal planned = plan(repository, "Remove secrets", command);
    RunView run = product.carryOut(repository, planned.plan().steps().toArray(StepDocument[]::new));

    assertThat(planned.findings()).hasSize(1);
    assertThat(planned.findings().getFirst().why()).startsWith("src/key.js:2 ");
    assertThat(planned.toString()).doesNotContain(token.substring(8));
    assertThat(run.status()).as("%s", product.printed(run.id())).isEqualTo("completed");
    assertThat(Repository.git(product.forge(run), "show", run.tip() + ":src/key.js"))
        .isEqualTo("// key\nexport const key = \"FROM_OUTSIDE\";");
  }

  @Test
  void steps_that_share_no_file_go_side_by_side_and_the_list_is_ticked_after_all() {
    Repository repository = product.repository();
    repository.write("src/A.java", "import b.B;\n\nclass A {}\n");
    repository.write("package.json", "{\"scripts\": {\"test\": \"true\"}}\n");
    repository.write("package-lock.json", "{\"lockfileVersion\": 3}\n");
    repository.write("TASKS.md", "- [ ] Remove unused imports\n- [ ] Update dependencies\n");
    repository.commit("feat: a");
    repository.git("rm", "--quiet", "Makefile");
    repository.commit("build: use npm alone");

    PlannedGoal planned =
        product.client().plan(PlanGoal.of("", repository.path().toString(), "", "", "TASKS.md"));
    PlannedGoal chain = plan(repository, "Remove unused imports and order the imports");

    assertThat(planned.plan().steps())
        .extracting(StepDocument::id, StepDocument::after)
        .containsExactly(
            tuple("unused-imports", List.of()),
            tuple("update-dependencies", List.of()),
            tuple("tick", List.of("unused-imports", "update-dependencies")));
    assertThat(chain.plan().steps())
        .extracting(StepDocument::after)
        .containsExactly(List.of(), List.of("unused-imports"));
  }

  @Test
  void a_command_for_each_file_is_refused_where_it_could_read_a_name_as_a_script() {
    Repository repository = product.repository();

    assertThatThrownBy(() -> plan(repository, "Find secrets", "sh", "-c", "cat {file}"))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("{file} is any text");
    assertThat(plan(repository, "Remove trailing whitespace", "tool", "{file}").plan().steps())
        .isEmpty();
  }
}
