package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.api.CreateRun.EngineDocument;
import dev.capstan.api.CreateRun.StepDocument;
import dev.capstan.api.RunView;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Dependencies are updated by the project's own tool. */
@Tag("slow")
class DependencyUpdateTest {
  private final Product product = new Product(MavenProject.variables());

  @AfterEach
  void close() {
    product.close();
  }

  private static StepDocument update(String... judge) {
    return new StepDocument(
        "update",
        "build",
        "update dependencies",
        "",
        List.of(new EngineDocument(EngineDocument.DEPENDENCIES, List.of("minor"))),
        List.of(),
        0,
        List.of(judge),
        List.of(judge),
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

  @Test
  void maven_versions_are_raised_and_what_they_need_is_there_without_the_network() {
    Repository project =
        MavenProject.in(
            product,
            "org.junit.jupiter",
            "junit-jupiter",
            "5.10.0",
            """
            package two;

            import org.junit.jupiter.api.Assertions;
            import org.junit.jupiter.api.Test;

            class TwoTest {
              @Test
              void isTwo() {
                Assertions.assertEquals(2, Two.two());
              }
            }
            """);

    RunView run = product.carryOut(project, update("pom.xml"));

    assertThat(run.status()).as("%s", product.printed(run.id())).isIn("completed", "blocked");
    assertThat(run.steps().getFirst().attempts().getFirst().checks())
        .as("%s", product.printed(run.id()))
        .filteredOn(check -> check.name().equals("TESTS"))
        .extracting(check -> check.verdict())
        .containsExactly("PASS");
    assertThat(product.client().diff(run.id(), "update"))
        .contains("-    <junit.version>5.10.0</junit.version>")
        .containsPattern("\\+ +<junit.version>5\\.1[1-9]\\.")
        .doesNotContain("M1", "RC1");
  }

  @Test
  void what_can_be_updated_by_nothing_here_is_said() {
    RunView run = product.carryOut(product.repository(), update("Makefile"));

    assertThat(run.status()).isEqualTo("blocked");
    assertThat(run.steps().getFirst().detail())
        .contains("dependencies: it works with Maven and npm, and this project is built by make");
  }
}
