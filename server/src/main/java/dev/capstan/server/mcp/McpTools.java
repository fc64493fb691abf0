package dev.capstan.server.mcp;

import dev.capstan.control.records.Projects;
import dev.capstan.server.rest.IndexedProjects;
import java.util.List;
import java.util.stream.Stream;

/** Every tool that a server offers. */
public final class McpTools {
  private final List<Tool> all;

  private McpTools(List<Tool> all) {
    this.all = List.copyOf(all);
  }

  /** Those of runs are offered only where the settings say so. */
  public static McpTools of(
      McpSettings settings, Projects projects, IndexedProjects indexed, RunTools runs) {
    List<Tool> more = settings.runs() ? runs.all() : List.of();
    return new McpTools(
        Stream.concat(
                new KnowledgeTools(new KnownTrees(projects, indexed)).all().stream(), more.stream())
            .toList());
  }

  List<Tool> all() {
    return all;
  }
}
