package dev.capstan.server.mcp;

import dev.capstan.control.records.Projects;
import dev.capstan.server.rest.Analyses;
import dev.capstan.server.rest.IndexedProjects;
import java.util.ArrayList;
import java.util.List;

/** Every tool that a server offers. */
public final class McpTools {
  private final List<Tool> all;

  private McpTools(List<Tool> all) {
    this.all = List.copyOf(all);
  }

  /** Those of runs are offered only where the settings say so. */
  public static McpTools of(
      McpSettings settings,
      Projects projects,
      IndexedProjects indexed,
      Analyses analyses,
      RunTools runs) {
    KnownTrees trees = new KnownTrees(projects, indexed);
    List<Tool> all = new ArrayList<>(new KnowledgeTools(trees, indexed).all());
    all.addAll(new GraphTools(trees, indexed, analyses).all());
    if (settings.runs()) {
      all.addAll(runs.all());
    }
    return new McpTools(all);
  }

  List<Tool> all() {
    return all;
  }
}
