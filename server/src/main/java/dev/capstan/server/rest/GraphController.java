package dev.capstan.server.rest;

import dev.capstan.api.GraphNodeView;
import dev.capstan.api.GraphPathView;
import dev.capstan.api.GraphSubsystemsView;
import dev.capstan.control.access.Scope;
import dev.capstan.knowledge.graph.CodeGraph;
import dev.capstan.knowledge.graph.Node;
import dev.capstan.server.auth.Allowed;
import dev.capstan.server.knowledge.Indexes;
import dev.capstan.server.rest.IndexedProjects.Tree;
import dev.capstan.worker.Workshop;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How what is in a project refers to each other. */
@RestController
@RequestMapping("/api/v1/projects/{project}/graph")
public final class GraphController {
  private static final int MOST_EDGES = 1_000;
  private static final int MOST_CANDIDATES = 50;
  private static final int LONGEST_NAME = 1_000;

  private final IndexedProjects indexed;

  public GraphController(Workshop workshop, Indexes indexes) {
    this.indexed = new IndexedProjects(workshop.projects(), indexes);
  }

  /**
   * What a name means, what refers to it and what it refers to; and whether that is all.
   *
   * @param id of a node, or a path, or a name such as Till.openDrawer
   * @param tree which of the indexed trees; "" for the one that was indexed last
   * @param limit so many edges of each kind at most
   */
  @Allowed(Scope.READER)
  @GetMapping("/node")
  GraphNodeView node(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String id,
      @RequestParam(defaultValue = "") String tree,
      @RequestParam(defaultValue = "100") int limit) {
    Tree found = indexed.tree(project, tree);
    CodeGraph graph = indexed.graph(found);
    List<Node> nodes = named(graph, id, "id");
    int most = Math.clamp(limit, 1, MOST_EDGES);
    return areOne(nodes)
        ? GraphViews.node(
            found, nodes.stream().flatMap(node -> graph.around(node.id()).stream()).toList(), most)
        : GraphViews.candidates(found, nodes.stream().limit(MOST_CANDIDATES).toList());
  }

  /** Overloads of one method are told together. */
  private static boolean areOne(List<Node> nodes) {
    return nodes.stream().map(node -> node.path() + '#' + node.name()).distinct().count() == 1;
  }

  private static List<Node> named(CodeGraph graph, String name, String parameter) {
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw ApiException.invalid(
          "%s is a name, a path or an id of 1 to %d characters, not of %d"
              .formatted(parameter, LONGEST_NAME, name.length()));
    }
    List<Node> nodes = graph.find(name);
    if (nodes.isEmpty()) {
      throw ApiException.notFound(
          "nothing called %s is in the graph; search finds where a name is used".formatted(name));
    }
    return nodes;
  }

  /**
   * One of the shortest ways from one node to another, along calls, imports, inheritance and what
   * is declared in what.
   *
   * @param from an id, a path or a name that means one thing
   * @param to the same
   * @param tree which of the indexed trees; "" for the one that was indexed last
   */
  @Allowed(Scope.READER)
  @GetMapping("/path")
  GraphPathView path(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String to,
      @RequestParam(defaultValue = "") String tree) {
    Tree found = indexed.tree(project, tree);
    CodeGraph graph = indexed.graph(found);
    Node start = one(graph, from, "from");
    Node end = one(graph, to, "to");
    return GraphViews.path(found, start, end, graph.path(start.id(), end.id()));
  }

  private static Node one(CodeGraph graph, String name, String parameter) {
    List<Node> nodes = named(graph, name, parameter);
    if (nodes.size() > 1) {
      throw ApiException.invalid(
          "%s may mean %d things, such as %s and %s: name one by its id"
              .formatted(name, nodes.size(), nodes.getFirst().id(), nodes.getLast().id()));
    }
    return nodes.getFirst();
  }

  /**
   * The modules of a project, or the folders of one that is one module, and how they depend on each
   * other.
   *
   * @param tree which of the indexed trees; "" for the one that was indexed last
   */
  @Allowed(Scope.READER)
  @GetMapping("/subsystems")
  GraphSubsystemsView subsystems(
      @PathVariable String project, @RequestParam(defaultValue = "") String tree) {
    Tree found = indexed.tree(project, tree);
    return GraphViews.subsystems(found, indexed.graph(found).subsystems());
  }
}
