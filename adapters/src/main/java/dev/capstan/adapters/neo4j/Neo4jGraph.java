package dev.capstan.adapters.neo4j;

import dev.capstan.knowledge.Language;
import dev.capstan.knowledge.graph.CodeGraph;
import dev.capstan.knowledge.graph.Edge;
import dev.capstan.knowledge.graph.Neighbourhood;
import dev.capstan.knowledge.graph.Node;
import dev.capstan.knowledge.graph.Subsystem;
import dev.capstan.knowledge.graph.Subsystem.Dependency;
import dev.capstan.knowledge.resolving.Resolution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.neo4j.driver.Record;
import org.neo4j.driver.Value;

/** A graph as it was exported, asked in Cypher. */
final class Neo4jGraph implements CodeGraph {
  private static final String NODE = "(n:CapstanNode {graph: $graph, id: $id})";
  private static final String ALONG = "DEFINES|IMPORTS|CALLS|TESTS|EXTENDS|OVERRIDES|DOCUMENTS";

  private final Neo4jDatabase database;
  private final String name;

  Neo4jGraph(Neo4jDatabase database, String name) {
    this.database = database;
    this.name = name;
  }

  private Stream<Record> ask(String cypher, Map<String, Object> parameters) {
    Map<String, Object> all = new HashMap<>(parameters);
    all.put("graph", name);
    return database.query(cypher, all).stream();
  }

  private List<Edge> edges(String cypher, Map<String, Object> parameters) {
    return ask(cypher, parameters)
        .map(record -> record.get(0))
        .sorted(Comparator.comparingInt(properties -> properties.get("number").asInt()))
        .map(properties -> StoredEdge.read(properties, ""))
        .toList();
  }

  private static Node node(Value properties) {
    return new Node(
        properties.get("id").asString(),
        Node.Kind.valueOf(properties.get("kind").asString()),
        properties.get("name").asString(),
        properties.get("path").asString(),
        properties.get("firstLine").asInt(),
        properties.get("lastLine").asInt());
  }

  @Override
  public List<Node> find(String text) {
    Optional<Value> exactly = properties(text);
    return exactly.isPresent() ? List.of(node(exactly.get())) : named(text);
  }

  private Optional<Value> properties(String id) {
    return ask("match " + NODE + " return properties(n)", Map.of("id", id))
        .map(record -> record.get(0))
        .findFirst();
  }

  private List<Node> named(String text) {
    int hash = text.indexOf('#');
    String path = hash < 0 ? "" : text.substring(0, hash);
    String symbol = text.substring(hash + 1).replace("::", ".");
    String last = symbol.substring(symbol.lastIndexOf('.') + 1);
    return ask(
            """
            match (n:CapstanNode {graph: $graph, last: $last})
            where n.kind <> 'SUBSYSTEM' and n.id <> n.path
              and (n.name = $symbol or n.name ends with '.' + $symbol)
              and ($path = '' or n.path = $path or n.path ends with '/' + $path)
            return properties(n)
            union
            match (n:CapstanNode {graph: $graph})
            where n.id = n.path and n.path ends with '/' + $text
            return properties(n)
            """
                .replace("properties(n)", "properties(n) as properties"),
            Map.of("last", last, "symbol", symbol, "path", path, "text", text))
        .map(record -> node(record.get(0)))
        .sorted(Comparator.comparing(Node::id))
        .toList();
  }

  @Override
  public Optional<Neighbourhood> around(String id) {
    return properties(id).map(this::around);
  }

  private Neighbourhood around(Value properties) {
    Node node = node(properties);
    Map<String, Object> parameters = Map.of("id", node.id(), "path", node.path());
    boolean isFile = node.id().equals(node.path());
    boolean isSymbol = !isFile && node.kind() != Node.Kind.SUBSYSTEM;
    String imported =
        isFile
            ? " union match (n:CapstanNode {graph: $graph, path: $path})<-[r:IMPORTS]-()"
                + " where n.kind <> 'SUBSYSTEM' return properties(r) as edge"
            : "";
    return new Neighbourhood(
        node,
        edges(
            "match %s<-[r]-() where type(r) <> 'DEFINES' return properties(r) as edge%s"
                .formatted(NODE, imported),
            parameters),
        edges(
            """
            match %1$s-[r]->(:CapstanNode) return properties(r) as edge
            union match %1$s-[:REFERS]->(p) return properties(p) as edge
            """
                .formatted(NODE),
            parameters),
        isSymbol ? open(node, properties.get("last").asString()) : List.of(),
        properties.get("gaps").asList(Value::asString));
  }

  private List<Edge> open(Node node, String last) {
    Language language = Language.of(node.path());
    List<Edge> open = new ArrayList<>();
    edges(
            """
            match (p:CapstanPlace {graph: $graph, name: $name})
            where p.type = 'CALLS' and p.state in ['AMBIGUOUS', 'UNRESOLVED']
            return properties(p)
            """,
            Map.of("name", last))
        .stream()
        .filter(edge -> Resolution.speak(Language.of(edge.path()), language))
        .filter(edge -> mayMean(edge, node.id()))
        .forEach(open::add);
    Set<String> above = above(node.id());
    if (!above.isEmpty()) {
      open.addAll(
          edges(
              """
              match (n:CapstanNode {graph: $graph})<-[r:CALLS|TESTS]-()
              where n.id in $ids
              return properties(r)
              """,
              Map.of("ids", List.copyOf(above))));
    }
    open.sort(CodeGraph.ORDER);
    return open;
  }

  /** All candidates are kept if they are few; those that are many may be anything. */
  private static boolean mayMean(Edge edge, String id) {
    return switch (edge.state()) {
      case AMBIGUOUS -> edge.candidates() > edge.some().size() || edge.some().contains(id);
      case UNRESOLVED -> true;
      case RESOLVED, EXTERNAL -> false;
    };
  }

  /** What it overrides, or may override, however far. */
  private Set<String> above(String id) {
    Set<String> above = new HashSet<>();
    List<String> next = List.of(id);
    while (!next.isEmpty()) {
      next =
          ask(
                  """
                  match (n:CapstanNode {graph: $graph})-[:OVERRIDES]->(a)
                  where n.id in $ids return a.id as id
                  union
                  match (n:CapstanNode {graph: $graph})-[:REFERS]->(p {type: 'OVERRIDES'})
                  where n.id in $ids unwind p.some as id return id
                  """,
                  Map.of("ids", next))
              .map(record -> record.get(0).asString())
              .filter(above::add)
              .toList();
    }
    return above;
  }

  @Override
  public List<Edge> path(String from, String to) {
    if (from.equals(to)) {
      return List.of();
    }
    return ask(
            """
            match (a:CapstanNode {graph: $graph, id: $from}), (b:CapstanNode {graph: $graph, id: $to}),
              way = shortestPath((a)-[:%s*]->(b))
            unwind relationships(way) as r
            return properties(r)
            """
                .formatted(ALONG),
            Map.of("from", from, "to", to))
        .map(record -> StoredEdge.read(record.get(0), ""))
        .toList();
  }

  @Override
  public List<Subsystem> subsystems() {
    Map<String, List<Dependency>> dependencies = new HashMap<>();
    ask(
            """
            match (n:CapstanNode {graph: $graph})-[r:DEPENDS_ON]->(m)
            return n.id, m.id, properties(r) order by r.number
            """,
            Map.of())
        .forEach(record ->
            dependencies
                .computeIfAbsent(record.get(0).asString(), _ -> new ArrayList<>())
                .add(
                    new Dependency(
                        record.get(1).asString(),
                        record.get(2).get("links").asInt(),
                        StoredEdge.read(record.get(2), "example_"))));
    return ask(
            "match (n:CapstanNode:Subsystem {graph: $graph}) return properties(n) order by n.id",
            Map.of())
        .map(record -> record.get(0))
        .map(subsystem ->
            new Subsystem(
                node(subsystem),
                subsystem.get("files").asInt(),
                dependencies.getOrDefault(subsystem.get("id").asString(), List.of())))
        .toList();
  }

  @Override
  public List<Node> nodes() {
    return ask("match (n:CapstanNode {graph: $graph}) return properties(n)", Map.of())
        .map(record -> node(record.get(0)))
        .sorted(Comparator.comparing(Node::id))
        .toList();
  }

  @Override
  public List<Edge> edges() {
    return edges(
        """
        match (:CapstanNode {graph: $graph})-[r]->(:CapstanNode)
        where type(r) <> 'DEPENDS_ON' return properties(r) as edge
        union all
        match (p:CapstanPlace {graph: $graph}) return properties(p) as edge
        """,
        Map.of());
  }
}
