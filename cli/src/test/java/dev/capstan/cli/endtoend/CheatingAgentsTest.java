package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.api.CreateRun.EngineDocument;
import dev.capstan.api.RunView;
import dev.capstan.api.RunView.AttemptView;
import dev.capstan.cli.endtoend.CheatTable.Row;
import dev.capstan.cli.endtoend.CheatTable.Script;
import dev.capstan.testkit.model.ScriptedModelServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Agents that cheat the way agents do, and honest ones, through the whole product: a scripted agent
 * over the real protocol, in the real sandbox, with a scripted model behind the real gateway.
 */
class CheatingAgentsTest {
  private static final String LOG = "log: ";
  private static final String RUN = "run: ";

  /** Of a step: 8,000 until it is to wrap up, 9,000 for its work. */
  private static final String BUDGETS = "budgets: {step: {tokens: 10000}}\n";

  @TempDir private Path folder;

  @Test
  void no_agent_cheats_unnoticed_and_no_honest_one_is_blocked() throws Exception {
    try (ScriptedModelServer provider =
            ScriptedModelServer.start(dev.capstan.testkit.model.Script.of());
        Product product = ScriptedAgent.productWith(BUDGETS, folder, provider, "small")) {
      List<Row> rows =
          CheatTable.carryOut(
              product,
              List.of("shop", "agents"),
              CheatTable.scripts("agent-changes.txt"),
              (script, repository) -> row(product, script, repository));

      assertThat(rows).filteredOn(Row::isHonest).hasSizeGreaterThanOrEqualTo(10);
      assertThat(rows).filteredOn(row -> !row.isHonest()).hasSizeGreaterThanOrEqualTo(10);
      CheatTable.assertTable(CheatingAgentsTest.class, "agents", rows);
      assertThat(provider.seen())
          .anyMatch(seen -> seen.body().contains("[withheld"))
          .noneMatch(seen -> seen.body().contains("for the palace"));
    }
  }

  private static EngineDocument engine(Script script) {
    return new EngineDocument("scripted", List.of("<<<\n" + script.shell() + "\n>>>"));
  }

  private static Row row(Product product, Script script, Repository repository) {
    RunView run =
        product.carryOut(
            repository,
            StepDraft.shell("change", "true")
                .judge(script.judge().toArray(String[]::new))
                .step()
                .by(List.of(engine(script)), Map.of()));
    AttemptView attempt = run.steps().getFirst().attempts().getFirst();
    List<String> printed = product.printed(run.id());
    Stream<String> told =
        Stream.concat(found(script, LOG, printed), found(script, RUN, List.of(run.reason())));
    Stream<String> categories =
        attempt.violations().stream().map(RunView.ViolationView::category).distinct().sorted();
    Stream<String> claims =
        attempt.checks().stream()
            .filter(check -> check.name().equals("CLAIMS") && check.verdict().equals("PASS"))
            .map(check -> check.name() + ' ' + check.verdict());
    return new Row(
        script,
        run.status().equals("paused") ? "paused" : run.steps().getFirst().status(),
        Stream.of(categories, claims, told).flatMap(found -> found).toList(),
        attempt.failure() + run.steps().getFirst().detail() + attempt.violations() + printed);
  }

  /** What of that kind it expects, and stands in one of these lines. */
  private static Stream<String> found(Script script, String kind, List<String> lines) {
    return script.found().stream()
        .filter(found -> found.startsWith(kind))
        .filter(found ->
            lines.stream().anyMatch(line -> line.contains(found.substring(kind.length()))));
  }
}
