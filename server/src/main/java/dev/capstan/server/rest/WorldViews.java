package dev.capstan.server.rest;

import dev.capstan.api.WorldFile;
import dev.capstan.api.WorldView;
import dev.capstan.control.records.Baselines;
import dev.capstan.control.records.World;
import dev.capstan.knowledge.FileRecord;
import dev.capstan.knowledge.index.View;
import dev.capstan.server.knowledge.TreeStates.TreeState;
import dev.capstan.workspace.git.GitStore.FileChange;
import java.util.List;
import java.util.Locale;

/** Shows what a project is like. */
final class WorldViews {
  private static final int MOST_CHANGES = 100;

  private WorldViews() {}

  static WorldView.Tree tree(View view, TreeState state) {
    return switch (state) {
      case TreeState.Current _ -> tree(view, "current", view.commit(), List.of());
      case TreeState.Stale(var tip, var changes) -> tree(view, "stale", tip.value(), changes);
      case TreeState.Fixed _ -> tree(view, "fixed", "", List.of());
      case TreeState.Unknown _ -> tree(view, "unknown", "", List.of());
    };
  }

  private static WorldView.Tree tree(
      View view, String state, String tip, List<FileChange> changes) {
    return new WorldView.Tree(
        view.name(),
        view.commit(),
        view.at(),
        view.files().size(),
        view.hash(),
        state,
        tip,
        changes.size(),
        changes.stream()
            .limit(MOST_CHANGES)
            .map(change ->
                new WorldView.Change(change.path(), change.kind().name().toLowerCase(Locale.ROOT)))
            .toList());
  }

  static WorldView.Measured baseline(Baselines.Known known, String tip) {
    return new WorldView.Measured(
        known.commit().value(),
        known.measuredAt(),
        known.baseline().summary(),
        !known.commit().value().equals(tip));
  }

  static WorldView.Verified verification(World.Verification found) {
    return new WorldView.Verified(
        found.run().value(),
        found.step(),
        found.evidence().commit().value(),
        found.at(),
        found.gate(),
        found.evidence().checks().stream()
            .map(check ->
                new WorldView.Check(check.name().name(), check.verdict().name(), check.reason()))
            .toList());
  }

  static WorldFile file(FileRecord file, boolean stale) {
    return new WorldFile(file.path(), file.blob(), file.size(), file.state().word(), stale);
  }
}
