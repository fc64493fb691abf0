package dev.capstan.adapters.neo4j;

import dev.capstan.knowledge.graph.CodeGraph;
import dev.capstan.knowledge.graph.GraphStore;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Graphs in Neo4j. A graph is written under a name of its own and shown by one change of the view's
 * node; the one before is deleted when the next is shown, so who reads it can end.
 */
public final class Neo4jGraphs implements GraphStore {
  private final Neo4jDatabase database;

  /** Reaches nothing yet. */
  public Neo4jGraphs(Neo4jSettings settings) {
    this.database = new Neo4jDatabase(settings);
  }

  @Override
  public Optional<CodeGraph> find(String project, String view, String version) {
    return database
        .query(
            "match (g:CapstanGraph {project: $project, view: $view}) where g.version = $version"
                + " return g.name",
            Map.of("project", project, "view", view, "version", version))
        .stream()
        .<CodeGraph>map(record -> new Neo4jGraph(database, record.get(0).asString()))
        .findFirst();
  }

  @Override
  public synchronized void keep(String project, String view, String version, CodeGraph graph) {
    if (find(project, view, version).isPresent()) {
      return;
    }
    Map<String, Object> key = Map.of("project", project, "view", view);
    database
        .query(
            "match (g:CapstanGraph {project: $project, view: $view}) return g.draft, g.previous",
            key)
        .forEach(old ->
            old.values().stream()
                .filter(value -> !value.isNull())
                .forEach(name -> Export.delete(database, name.asString())));
    String name = project + '/' + view + '/' + UUID.randomUUID();
    Map<String, Object> draft =
        Map.of("project", project, "view", view, "name", name, "version", version);
    database.query(
        "merge (g:CapstanGraph {project: $project, view: $view}) set g.draft = $name", draft);
    new Export(database, name).write(graph);
    database.query(
        """
        match (g:CapstanGraph {project: $project, view: $view})
        set g.previous = g.name, g.name = $name, g.version = $version, g.draft = null
        """,
        draft);
  }

  @Override
  public void close() {
    database.close();
  }
}
