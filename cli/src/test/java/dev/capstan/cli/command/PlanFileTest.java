package dev.capstan.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.api.CreateRun.EngineDocument;
import dev.capstan.cli.session.ApiFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanFileTest {
  private static final String PLAN =
      """
      goal: Tidy up
      steps:
        - id: imports
          kind: style
          title: remove unused imports
          reason: nobody needs them
          recipes: [org.openrewrite.java.RemoveUnusedImports]
          from: ["org.example:recipes:1.0"]
          orElse:
            - [sed, -i, "/unused/d", src/A.java]
            - recipes: [org.openrewrite.java.OrderImports]
            - {codemod: scripts/tidy.js, with: {to: "a=b", most: 3}}
          scope: [src/**]
          mayChangeNothing: true
        - id: build
          kind: build
          title: build anew
          reason: ""
          run: [./build.sh, "a b"]
          after: [imports]
          judge: [pom.xml]
          attempts: 3
          minimumTests: 2
        - {id: shout, codemod: shout.js, with: {end: "!"}}
        - {id: hush, codemod: hush.js}
      """;

  @TempDir Path folder;

  private PlanFile.Read read(String text) throws IOException {
    return PlanFile.read(Files.writeString(folder.resolve("plan.yaml"), text));
  }

  @Test
  void engines_of_all_kinds_are_read() throws IOException {
    assertThat(read(PLAN).plan().steps().getFirst().engines())
        .containsExactly(
            new EngineDocument(
                EngineDocument.OPENREWRITE,
                List.of("org.openrewrite.java.RemoveUnusedImports", "org.example:recipes:1.0")),
            EngineDocument.command(List.of("sed", "-i", "/unused/d", "src/A.java")),
            new EngineDocument(
                EngineDocument.OPENREWRITE, List.of("org.openrewrite.java.OrderImports")),
            new EngineDocument(
                EngineDocument.CODEMOD, List.of("scripts/tidy.js", "to=a=b", "most=3")));
  }

  @Test
  void a_plan_that_is_written_is_read_as_the_same() throws IOException {
    PlanFile.Read plan = read(PLAN);

    String written = PlanFile.text(plan.goal(), plan.plan());

    assertThat(read(written)).isEqualTo(plan);
    assertThat(PlanFile.text(plan.goal(), plan.plan())).doesNotContain("null", "waitLimit");
  }

  @Test
  void a_step_has_a_command_or_recipes_or_a_codemod() {
    assertThatThrownBy(() -> read("steps:\n  - {id: a, run: [x], recipes: [y]}\n"))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("step a needs either a command as a list");
    assertThatThrownBy(() -> read("steps:\n  - {id: a}\n"))
        .hasMessageContaining("recipes: [org.openrewrite")
        .hasMessageContaining("codemod: scripts/change.js");
    assertThatThrownBy(() -> read("steps:\n  - {id: a, run: [x], codemod: y.js}\n"))
        .hasMessageContaining("step a needs either");
  }

  @Test
  void options_are_for_a_codemod_and_have_values() {
    assertThatThrownBy(() -> read("steps:\n  - {id: a, run: [x], with: {b: c}}\n"))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("step a has options (with) but no codemod");
    assertThatThrownBy(() -> read("steps:\n  - {id: a, codemod: x.js, with: {b: }}\n"))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("step a gives its codemod an option without a value");
  }
}
