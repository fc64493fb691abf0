package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.api.ArtifactView;
import dev.capstan.api.CreateRun.EngineDocument;
import dev.capstan.api.RunView;
import dev.capstan.testkit.model.Script;
import dev.capstan.testkit.model.ScriptedModelServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several models try one step side by side; each does what the program says for its name. */
class BestOfTest {
  private static final String EACH_ITS_OWN =
      """
      <<<
      name = os.environ['MODEL']
      if name == 'breaks':
          edit('src/cart.js', 'item.price * item.count', 'item.price')
      elif name == 'long':
          edit('src/label.js', "'EUR ' + price", "`EUR ${price}`")
          write('notes/more.txt', 'more\\n' * 20)
      elif name == 'short':
          edit('src/label.js', "'EUR ' + price", "`EUR ${price}`")
      say('I am done.')
      >>>
      """;

  @TempDir private Path folder;

  @Test
  void the_best_by_the_evidence_wins_and_what_the_others_made_is_kept() throws Exception {
    try (ScriptedModelServer provider = ScriptedModelServer.start(Script.of());
        Product product =
            ScriptedAgent.product(folder, provider, "breaks", "long", "short", "idle")) {
      RunView run = carryOut(product, EACH_ITS_OWN, "breaks", "long", "short", "idle");

      assertThat(run.steps().getFirst().status()).isEqualTo("completed");
      assertThat(run.steps().getFirst().attempts()).hasSize(1);
      assertThat(run.steps().getFirst().attempts().getFirst().files()).isEqualTo(1);
      assertThat(product.client().diff(run.id(), "")).contains("`EUR ${price}`");
      assertThat(product.printed(run.id()))
          .anyMatch(
              line -> line.startsWith("3> scripted/short passes") && line.endsWith("is taken"))
          .anyMatch(line -> line.startsWith("1> scripted/breaks fails TESTS"))
          .anyMatch(line -> line.startsWith("2> scripted/long passes"))
          .anyMatch(line -> line.equals("4> scripted/idle: it changed no file"));
      assertThat(product.client().artifacts(run.id()))
          .extracting(ArtifactView::name)
          .contains(
              "contest.txt", "contestant-1-change.diff", "contestant-2-change.diff", "change.diff");
    }
  }

  @Test
  void what_most_have_made_goes_before_what_is_shorter() throws Exception {
    try (ScriptedModelServer provider = ScriptedModelServer.start(Script.of());
        Product product = ScriptedAgent.product(folder, provider, "short", "long", "longer")) {
      String program = EACH_ITS_OWN.replace("name == 'long'", "name.startswith('long')");

      RunView run = carryOut(product, program, "short", "long", "longer");

      assertThat(run.steps().getFirst().attempts().getFirst().files()).isEqualTo(2);
    }
  }

  @Test
  void where_nobody_made_anything_that_is_the_failure() throws Exception {
    try (ScriptedModelServer provider = ScriptedModelServer.start(Script.of());
        Product product = ScriptedAgent.product(folder, provider, "idle", "lazy")) {
      RunView run = carryOut(product, EACH_ITS_OWN, "idle", "lazy");

      assertThat(run.steps().getFirst().status()).isEqualTo("blocked");
      assertThat(run.steps().getFirst().attempts().getFirst().failure())
          .contains("changed no file");
    }
  }

  private static RunView carryOut(Product product, String program, String... models) {
    List<String> arguments =
        new ArrayList<>(
            Arrays.stream(models)
                .map(model -> EngineDocument.CONTESTANT + "scripted/" + model)
                .toList());
    arguments.add(program);
    return product.carryOut(
        CheatTable.repository(product, List.of("shop")),
        StepDraft.shell("change", "true")
            .step()
            .by(List.of(new EngineDocument(EngineDocument.BEST_OF, arguments)), Map.of()));
  }
}
