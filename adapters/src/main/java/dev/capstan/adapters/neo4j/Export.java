package dev.capstan.adapters.neo4j;

import dev.capstan.knowledge.graph.CodeGraph;
import dev.capstan.knowledge.graph.Edge;
import dev.capstan.knowledge.graph.Neighbourhood;
import dev.capstan.knowledge.graph.Node;
import dev.capstan.knowledge.graph.Subsystem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes a graph, some thousands at a time. Nodes have a label for what they are, edges that lead
 * to a node are relationships, and those that do not, or not surely, are places that a node has.
 */
final class Export {
  private static final int AT_ONCE = 2_000;

  private final Neo4jDatabase database;
  private final String name;
  private int written;

  /** Under a name that no other graph has. */
  Export(Neo4jDatabase database, String name) {
    this.database = database;
    this.name = name;
  }

  void write(CodeGraph graph) {
    List<Subsystem> subsystems = graph.subsystems();
    Map<String, Integer> files = new HashMap<>();
    subsystems.forEach(each -> files.put(each.node().id(), each.files()));
    Set<String> ids = new HashSet<>();
    Map<String, List<Map<String, Object>>> nodes = new TreeMap<>();
    for (Node node : graph.nodes()) {
      ids.add(node.id());
      nodes
          .computeIfAbsent(label(node), _ -> new ArrayList<>())
          .add(properties(graph, node, files));
    }
    nodes.forEach((label, rows) ->
        send("unwind $rows as row create (n:CapstanNode:" + label + ") set n = row", rows));
    Map<String, List<Map<String, Object>>> ends = new TreeMap<>();
    List<Map<String, Object>> places = new ArrayList<>();
    for (Edge edge : graph.edges()) {
      (ids.contains(edge.to())
              ? ends.computeIfAbsent(edge.type().name(), _ -> new ArrayList<>())
              : places)
          .add(numbered(StoredEdge.of(edge, "")));
    }
    for (Subsystem each : subsystems) {
      ends.computeIfAbsent(Edge.Type.DEPENDS_ON.name(), _ -> new ArrayList<>())
          .addAll(dependencies(graph, each));
    }
    ends.forEach((type, rows) ->
        send(
            """
            unwind $rows as row
            match (a:CapstanNode {graph: $graph, id: row.from})
            match (b:CapstanNode {graph: $graph, id: row.to})
            create (a)-[r:%s]->(b) set r = row
            """
                .formatted(type),
            rows));
    send(
        """
        unwind $rows as row
        match (a:CapstanNode {graph: $graph, id: row.from})
        create (a)-[:REFERS]->(p:CapstanPlace) set p = row
        """,
        places);
  }

  private static String label(Node node) {
    return switch (node.kind()) {
      case FILE -> "File";
      case SYMBOL -> "Symbol";
      case TEST -> "Test";
      case DOC -> "Document";
      case SUBSYSTEM -> "Subsystem";
    };
  }

  /** {@code files} says of subsystems how many they have. */
  private Map<String, Object> properties(CodeGraph graph, Node node, Map<String, Integer> files) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("graph", name);
    properties.put("id", node.id());
    properties.put("kind", node.kind().name());
    properties.put("name", node.name());
    properties.put("last", node.name().substring(node.name().lastIndexOf('.') + 1));
    properties.put("path", node.path());
    properties.put("firstLine", node.firstLine());
    properties.put("lastLine", node.lastLine());
    properties.put("gaps", graph.around(node.id()).map(Neighbourhood::gaps).orElse(List.of()));
    if (files.containsKey(node.id())) {
      properties.put("files", files.get(node.id()));
    }
    return properties;
  }

  /** Their order is kept in a number. */
  private Map<String, Object> numbered(Map<String, Object> properties) {
    properties.put("graph", name);
    properties.put("number", written++);
    return properties;
  }

  private List<Map<String, Object>> dependencies(CodeGraph graph, Subsystem subsystem) {
    List<Edge> edges = graph.around(subsystem.node().id()).orElseThrow().out();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < edges.size(); i++) {
      Map<String, Object> row = numbered(StoredEdge.of(edges.get(i), ""));
      row.put("links", subsystem.dependencies().get(i).links());
      row.putAll(StoredEdge.of(subsystem.dependencies().get(i).example(), "example_"));
      rows.add(row);
    }
    return rows;
  }

  private void send(String cypher, List<Map<String, Object>> rows) {
    for (int from = 0; from < rows.size(); from += AT_ONCE) {
      List<Map<String, Object>> some = rows.subList(from, Math.min(from + AT_ONCE, rows.size()));
      database.query(cypher, Map.of("rows", some, "graph", name));
    }
  }

  /** Deletes a graph of that name, as far as it is there. */
  static void delete(Neo4jDatabase database, String name) {
    for (String label : List.of("CapstanPlace", "CapstanNode")) {
      long deleted;
      do {
        deleted =
            database
                .query(
                    "match (n:%s {graph: $graph}) with n limit %d detach delete n return count(*)"
                        .formatted(label, AT_ONCE),
                    Map.of("graph", name))
                .getFirst()
                .get(0)
                .asLong();
      } while (deleted == AT_ONCE);
    }
  }
}
