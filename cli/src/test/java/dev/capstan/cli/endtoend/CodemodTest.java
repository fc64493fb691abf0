package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.api.CreateRun.EngineDocument;
import dev.capstan.api.CreateRun.StepDocument;
import dev.capstan.api.RunView;
import dev.capstan.cli.session.ApiFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Codemods and placeholders, from the plan to the pull request. */
@ExtendWith(ProductExtension.class)
class CodemodTest {
  private static final String GREET =
      """
      const files = "src/*.txt";
      function transform(file) {
        console.log("seen");
        return file.text.replace("hello", "hello " + file.options.whom);
      }
      """;

  private final Product product;

  CodemodTest(Product product) {
    this.product = product;
  }

  private StepDocument step(String script, List<EngineDocument> engines) throws IOException {
    Path file = Files.writeString(product.newFolder("scripts").resolve("greet.js"), script);
    return new StepDocument(
        "greet",
        "feat",
        "greet somebody",
        "",
        engines,
        List.of(),
        0,
        List.of("src/**"),
        List.of(),
        Map.of("greet.js", product.client().upload(file)),
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

  private static EngineDocument codemod(String... options) {
    return new EngineDocument(
        EngineDocument.CODEMOD,
        Stream.concat(Stream.of("/capstan/files/greet.js"), Stream.of(options)).toList());
  }

  private String delivered(RunView run, String path) {
    return Repository.git(product.forge(run), "show", run.tip() + ":" + path);
  }

  @Test
  void a_codemod_is_carried_out_and_delivered() throws IOException {
    RunView run =
        product.carryOut(product.repository(), step(GREET, List.of(codemod("whom=$(id) you"))));

    assertThat(run.status()).as("%s", product.printed(run.id())).isEqualTo("completed");
    assertThat(delivered(run, "src/greeting.txt")).isEqualTo("hello $(id) you");
    assertThat(product.printed(run.id()))
        .contains("src/total.txt: seen", "src/greeting.txt changed", "1 of 2 files changed");
  }

  @Test
  void a_codemod_that_fails_is_named_and_the_next_engine_takes_over() throws IOException {
    RunView run =
        product.carryOut(
            product.repository(),
            step(
                "function transform(file) { file.nosuch.thing; }",
                List.of(
                    codemod(), EngineDocument.command(List.of("sed", "-i", "s/$/!/", "{files}")))));

    assertThat(run.status()).as("%s", product.printed(run.id())).isEqualTo("completed");
    assertThat(run.steps().getFirst().attempts().getFirst().toString())
        .contains("codemod greet.js, src/greeting.txt: TypeError");
    assertThat(delivered(run, "src/greeting.txt")).isEqualTo("hello!");
    assertThat(delivered(run, "suite.sh")).doesNotContain("!");
  }

  @Test
  void placeholders_are_arguments_of_the_command() throws IOException {
    RunView run =
        product.carryOut(
            product.repository(),
            step(
                GREET,
                List.of(
                    EngineDocument.command(
                        List.of(
                            "sh",
                            "-c",
                            "for a in \"$@\"; do echo \"$a\"; done > src/said.txt",
                            "sh",
                            "{goal}",
                            "{step}",
                            "{run}",
                            "{base}",
                            "{files}")))));

    assertThat(run.status()).as("%s", product.printed(run.id())).isEqualTo("completed");
    assertThat(delivered(run, "src/said.txt").lines())
        .containsExactly(
            "Change the shop",
            "greet",
            run.id(),
            run.baseCommit(),
            "src/greeting.txt",
            "src/total.txt");
  }

  @Test
  void what_can_never_be_done_is_refused_before_anything_runs() throws IOException {
    StepDocument missing =
        step(
            GREET,
            List.of(new EngineDocument(EngineDocument.CODEMOD, List.of("/capstan/files/no.js"))));
    StepDocument unknown = step(GREET, List.of(EngineDocument.command(List.of("a", "{gaol}"))));

    assertThatThrownBy(() -> product.start(product.repository(), missing))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("step greet, codemod: the script \"/capstan/files/no.js\"");
    assertThatThrownBy(() -> product.start(product.repository(), unknown))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("step greet, command: {gaol} is no placeholder");
  }
}
