package dev.capstan.engines.planner;

import dev.capstan.core.plan.Scope;
import dev.capstan.engines.TreeFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files of a work tree. */
public final class TreeSources implements RulePlanner.Sources {
  private final Path tree;
  private final List<String> paths;

  /** Looks at the tree once. */
  public TreeSources(Path tree) {
    this.tree = tree;
    this.paths = TreeFiles.in(tree, Scope.EVERYTHING);
  }

  @Override
  public List<String> paths() {
    return paths;
  }

  @Override
  public Optional<String> text(String path) {
    return TreeFiles.text(tree, path);
  }
}
