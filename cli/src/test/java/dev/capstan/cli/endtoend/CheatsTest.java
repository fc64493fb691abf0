package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.api.RunView;
import dev.capstan.api.RunView.AttemptView;
import dev.capstan.cli.endtoend.CheatTable.Row;
import dev.capstan.cli.endtoend.CheatTable.Script;
import dev.capstan.workspace.toolchain.Toolchains;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Scripted changes that cheat, and honest ones, through the whole product: no cheat opens a gate,
 * each is named, and nothing honest is refused.
 */
@Tag("slow")
@ExtendWith(ProductExtension.class)
class CheatsTest {
  private final Product product;

  CheatsTest(Product product) {
    this.product = product;
  }

  @Test
  void no_cheat_opens_a_gate_and_nothing_honest_is_refused() throws Exception {
    List<Row> rows = carryOut(product, "shop", CheatTable.scripts("changes.txt"));

    assertThat(rows).filteredOn(Row::isHonest).hasSizeGreaterThan(14);
    assertThat(rows).filteredOn(row -> !row.isHonest()).hasSizeGreaterThan(50);
    CheatTable.assertTable(CheatsTest.class, "shop", rows);
  }

  @Test
  void no_luck_opens_a_gate_where_tests_are_repeated() throws Exception {
    List<Row> rows = carryOut(product, "stall", CheatTable.scripts("stall-changes.txt"));

    assertThat(rows).hasSize(2);
    CheatTable.assertTable(CheatsTest.class, "stall", rows);
  }

  @Test
  @EnabledIf(value = "hasPytest", disabledReason = "DID_NOT_RUN: no python3 has pytest")
  void no_cheat_opens_a_gate_in_python() throws Exception {
    assertOutcomes("till", 9);
  }

  @Test
  @EnabledIf(value = "hasMaven", disabledReason = "DID_NOT_RUN: Maven is not installed")
  void no_cheat_opens_a_gate_in_java() throws Exception {
    assertOutcomes("mill", 5);
  }

  static boolean hasPytest() {
    return Toolchains.isInstalled("pytest");
  }

  static boolean hasMaven() {
    return Toolchains.isInstalled("mvn");
  }

  /** With the tools of this machine, which the usual product does not show. */
  private static void assertOutcomes(String project, int cheats) throws Exception {
    Map<String, String> tools =
        Map.of(
            "PATH", System.getenv("PATH"),
            "HOME", System.getProperty("user.home"),
            "CAPSTAN_MEMORY_LIMIT_MB", "2000");
    try (Product own = new Product(tools)) {
      List<Row> rows = carryOut(own, project, CheatTable.scripts(project + "-changes.txt"));

      assertThat(rows).filteredOn(Row::isHonest).isNotEmpty();
      assertThat(rows).filteredOn(row -> !row.isHonest()).hasSizeGreaterThanOrEqualTo(cheats);
      CheatTable.assertTable(CheatsTest.class, project, rows);
    }
  }

  private static List<Row> carryOut(Product product, String project, List<Script> scripts)
      throws InterruptedException, ExecutionException {
    return CheatTable.carryOut(
        product,
        List.of(project),
        scripts,
        (script, repository) -> row(product, script, repository));
  }

  private static Row row(Product product, Script script, Repository repository) {
    StepDraft draft =
        StepDraft.shell("change", script.shell()).judge(script.judge().toArray(String[]::new));
    RunView run = product.carryOut(repository, draft.step());
    AttemptView attempt = run.steps().getFirst().attempts().getFirst();
    List<String> found =
        new ArrayList<>(
            attempt.violations().stream()
                .map(RunView.ViolationView::category)
                .distinct()
                .sorted()
                .toList());
    attempt.checks().stream()
        .filter(check -> check.name().equals("JUDGE"))
        .filter(_ -> attempt.violations().isEmpty())
        .forEach(check -> found.add("JUDGE " + check.verdict()));
    return new Row(
        script,
        run.steps().getFirst().status(),
        found,
        attempt.failure() + run.steps().getFirst().detail() + attempt.violations());
  }
}
