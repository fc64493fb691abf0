package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.api.CreateRun.EngineDocument;
import dev.capstan.api.CreateRun.StepDocument;
import dev.capstan.api.RunView;
import dev.capstan.cli.session.ApiFailure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Recipes of OpenRewrite, through a project's own build. */
@Tag("slow")
class OpenRewriteTest {
  private final Product product = new Product(MavenProject.variables());

  @AfterEach
  void close() {
    product.close();
  }

  private Repository project() {
    Repository project =
        MavenProject.in(
            product,
            "junit",
            "junit",
            "4.13.2",
            """
            package two;

            import static org.junit.Assert.assertEquals;

            import org.junit.Test;

            public class TwoTest {
              @Test
              public void isTwo() {
                assertEquals(2, Two.two());
              }
            }
            """);
    return project;
  }

  private static StepDocument step(List<String> judge, String... arguments) {
    return new StepDocument(
        "recipe",
        "refactor",
        "apply a recipe",
        "",
        List.of(new EngineDocument(EngineDocument.OPENREWRITE, List.of(arguments))),
        List.of(),
        0,
        List.of(),
        judge,
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
  }

  private String delivered(RunView run, String path) {
    return Repository.git(product.forge(run), "show", run.tip() + ":" + path);
  }

  @Test
  void a_recipe_that_brings_new_dependencies_is_carried_out_without_the_network() {
    Repository project = project();

    RunView run =
        product.carryOut(
            project,
            step(
                List.of("pom.xml", "src/test/**"),
                "org.openrewrite.java.testing.junit5.JUnit4to5Migration",
                "org.openrewrite.recipe:rewrite-testing-frameworks:3.44.0"));

    assertThat(run.status()).as("%s", product.printed(run.id())).isEqualTo("completed");
    assertThat(product.printed(run.id()))
        .contains("it changes how the project is built: fetching what that needs");
    assertThat(run.steps().getFirst().attempts().getFirst().checks())
        .filteredOn(check -> check.name().equals("TESTS"))
        .extracting(check -> check.verdict())
        .containsExactly("PASS");
    assertThat(delivered(run, "src/test/java/two/TwoTest.java"))
        .contains("org.junit.jupiter.api.Test");
    assertThat(delivered(run, "pom.xml")).contains("junit-jupiter");
  }

  @Test
  void a_recipe_that_nobody_has_is_named() {
    RunView run = product.carryOut(project(), step(List.of(), "org.example.NoSuchRecipe"));

    assertThat(run.status()).isEqualTo("blocked");
    assertThat(run.steps().getFirst().detail()).contains("org.example.NoSuchRecipe");
  }

  @Test
  void an_argument_that_is_no_recipe_is_refused_before_anything_runs() {
    Repository project = project();

    assertThatThrownBy(() -> product.carryOut(project, step(List.of(), "-Dexec.args=x")))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("\"-Dexec.args=x\" is neither the name of a recipe");
  }
}
