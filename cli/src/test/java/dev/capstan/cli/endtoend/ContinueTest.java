package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.api.Action;
import dev.capstan.api.ArtifactView;
import dev.capstan.api.CreateRun.EngineDocument;
import dev.capstan.api.RunView;
import dev.capstan.testkit.model.Script;
import dev.capstan.testkit.model.ScriptedModelServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crashed agent has left is seen, and gone on with. */
class ContinueTest {
  /** Crashes in the middle of its work, unless somebody has begun it. */
  private static final String HALF_AND_HALF =
      """
      <<<
      if 'EUR ${price}' not in read('src/label.js'):
          edit('src/label.js', "'EUR ' + price", "`EUR ${price}`")
          sys.exit('the model server is gone')
      write('src/extra.js', 'export const extra = 1\\n')
      >>>
      """;

  @TempDir private Path folder;

  @Test
  void a_crashed_attempt_is_looked_at_and_continued() throws Exception {
    try (ScriptedModelServer provider = ScriptedModelServer.start(Script.of());
        Product product = ScriptedAgent.product(folder, provider, "small")) {
      RunView crashed =
          product.carryOut(
              CheatTable.repository(product, List.of("shop")),
              StepDraft.shell("change", "true")
                  .step()
                  .by(List.of(new EngineDocument("scripted", List.of(HALF_AND_HALF))), Map.of()));

      assertThat(crashed.steps().getFirst().status()).isEqualTo("blocked");
      assertThat(product.client().artifacts(crashed.id()))
          .extracting(ArtifactView::name)
          .contains("left.diff");
      assertThat(
              Repository.git(
                  product.mirror(crashed),
                  "show",
                  "refs/capstan/" + crashed.id() + "/change/1/turn-1:src/label.js"))
          .contains("`EUR ${price}`");

      product.act(crashed.id(), Action.CONTINUE, "change", "");
      RunView done = product.rest(crashed.id());

      assertThat(done.status()).isEqualTo("completed");
      assertThat(done.steps().getFirst().attempts()).hasSize(2);
      assertThat(done.steps().getFirst().attempts().getLast().files()).isEqualTo(2);
      assertThat(product.client().diff(done.id(), "")).contains("`EUR ${price}`", "extra = 1");
      assertThat(product.printed(done.id()))
          .contains("begins with what an attempt before it has left");
      assertThatThrownBy(() -> product.act(done.id(), Action.CONTINUE, "change", ""))
          .hasMessageContaining("the run is over");
    }
  }
}
