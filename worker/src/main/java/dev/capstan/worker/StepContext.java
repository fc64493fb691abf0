package dev.capstan.worker;

import dev.capstan.core.ProjectId;
import dev.capstan.engines.Engine.Purpose;
import dev.capstan.engines.Workbench.CodeReader;
import dev.capstan.engines.Workbench.Content;
import dev.capstan.knowledge.graph.Graphs;
import dev.capstan.knowledge.index.View;
import dev.capstan.knowledge.pack.ContextPack;
import dev.capstan.knowledge.pack.Packer;
import dev.capstan.knowledge.pack.StandingPieces;
import java.util.Optional;

/**
 * What an agent is given to read before it begins: what a search of the project's index finds for
 * its step, as far as it stands so in the agent's clone and models may read it.
 */
final class StepContext {
  private final KnownCode known;
  private final CodeReader code;

  /** {@code code} is that of the clone, before anything was changed. */
  StepContext(KnownCode known, CodeReader code) {
    this.known = known;
    this.code = code;
  }

  /**
   * What came of it.
   *
   * @param text "" if there is nothing to give
   * @param note for the attempt's log
   */
  record Found(String text, String note) {}

  Found of(ProjectId project, Purpose purpose) {
    if (known.packTokens() == 0) {
      return new Found("", "no context pack: none are made here");
    }
    Optional<Graphs> graphs = known.graphs(project);
    Optional<View> view = graphs.flatMap(found -> found.index().newest());
    if (graphs.isEmpty() || view.isEmpty()) {
      return new Found("", "no context pack: the project is not indexed here");
    }
    String goal = String.join(" ", purpose.title(), purpose.reason(), purpose.goal());
    ContextPack pack =
        Packer.pack(
            graphs.get(),
            view.get().name(),
            goal,
            known.packTokens(),
            new StandingPieces(this::readable));
    return pack.named().isEmpty() && pack.pieces().isEmpty()
        ? new Found("", "no context pack: nothing was found for the step")
        : new Found(
            pack.text(),
            "context pack: %d tokens, %d files named, %d pieces of %s"
                .formatted(
                    pack.tokens(), pack.named().size(), pack.pieces().size(), view.get().name()));
  }

  private Optional<String> readable(String path) {
    return switch (code.read(path)) {
      case Content.Text(var text) -> Optional.of(text);
      case Content.Withheld _ -> Optional.empty();
    };
  }
}
