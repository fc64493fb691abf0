package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.api.RunView;
import dev.capstan.workspace.toolchain.Toolchains;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The project's own formatter has the files that an attempt changed, and no others. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(ProductExtension.class)
class FormattingTest {
  private static final String TIDY =
      "for file in \"$@\"; do sed -i 's/ *$//' \"$file\"; done; echo 3 stray > src/total.txt\n";

  private final Product product;

  FormattingTest(Product product) {
    this.product = product;
  }

  private Repository tidied(String script) {
    Repository repository = product.repository();
    repository.write("tidy.sh", script);
    repository.write(".capstan/config.yaml", "format: [sh, tidy.sh, '{files}']\n");
    repository.commit("chore: tidy up");
    return repository;
  }

  @Test
  void changed_files_are_formatted_and_what_it_does_elsewhere_is_put_back() {
    RunView run =
        product.carryOut(
            tidied(TIDY),
            StepDraft.shell(
                    "greet", "echo 'hello you   ' > src/greeting.txt; echo 'x ' > 'src/a b'")
                .step());

    assertThat(run.status()).as(run.reason()).isEqualTo("completed");
    assertThat(product.client().diff(run.id(), ""))
        .contains("+hello you\n", "+x\n")
        .doesNotContain("stray");
    assertThat(product.printed(run.id()))
        .contains("formatted 2 of the changed files")
        .anyMatch(line -> line.contains("put back") && line.contains("src/total.txt"));
    assertThat(product.client().report(run.id(), "md"))
        .contains("formatter: sh", "formatted 2 of the changed files");
    assertThat(Repository.git(product.mirror(run), "rev-list", "--count", run.tip()))
        .isEqualTo("3");
  }

  @Test
  void a_formatter_that_fails_leaves_the_change_as_it_is_and_the_log_says_so() {
    RunView run =
        product.carryOut(
            tidied("echo broken > src/greeting.txt; exit 3\n"),
            StepDraft.shell("greet", "echo hello you > src/greeting.txt").step());

    assertThat(run.status()).as(run.reason()).isEqualTo("completed");
    assertThat(product.client().diff(run.id(), "")).contains("+hello you").doesNotContain("broken");
    assertThat(product.printed(run.id()))
        .anyMatch(line -> line.startsWith("not formatted") && line.contains("exit code 3"));
    assertThat(product.client().report(run.id(), "md"))
        .contains("formatting: not formatted", "exit code 3");
  }

  @Test
  void a_formatter_that_the_change_itself_names_is_not_heard() {
    RunView run =
        product.carryOut(
            product.repository(),
            StepDraft.shell(
                    "greet",
                    "echo 'hello you' > src/greeting.txt; mkdir .capstan;"
                        + " echo \"format: [sed, -i, s/you/all/, '{fi''les}']\" > .capstan/config.yaml")
                .judge(".capstan/**")
                .step());

    assertThat(product.client().diff(run.id(), "greet")).contains("+hello you");
    assertThat(product.printed(run.id()))
        .anyMatch(line -> line.startsWith("not formatted") && line.contains("has altered"));
  }

  @Test
  @EnabledIf(value = "hasGofmt", disabledReason = "DID_NOT_RUN: gofmt is not installed")
  void go_files_are_formatted_by_gofmt() {
    Repository repository = product.repository();
    repository.write("go.mod", "module shop\n\ngo 1.19\n");
    repository.write(
        ".capstan/config.yaml",
        """
        toolchain:
          measure: [{run: [make, -s, test], output: stdout.tap}]
          reports: [/capstan/reports/stdout.tap]
        """);
    repository.commit("feat: go");

    RunView run =
        product.carryOut(
            repository,
            StepDraft.shell("go", "printf 'package shop\\nvar  One=1\\n' > shop.go").step());

    assertThat(run.status()).as(run.reason() + run.steps()).isEqualTo("completed");
    assertThat(product.client().diff(run.id(), "")).contains("+var One = 1\n");
  }

  static boolean hasGofmt() {
    return Toolchains.isInstalled("gofmt");
  }
}
