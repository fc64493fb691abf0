package dev.capstan.server.rest;

import dev.capstan.api.GraphEdge;
import dev.capstan.api.GraphNode;
import dev.capstan.api.GraphNodeView;
import dev.capstan.api.GraphPathView;
import dev.capstan.api.GraphSubsystemsView;
import dev.capstan.knowledge.graph.Edge;
import dev.capstan.knowledge.graph.Neighbourhood;
import dev.capstan.knowledge.graph.Node;
import dev.capstan.knowledge.graph.Subsystem;
import dev.capstan.server.rest.IndexedProjects.Tree;
import java.util.List;

/** The graph as the API shows it. */
final class GraphViews {
  private GraphViews() {}

  static GraphNodeView node(Tree tree, List<Neighbourhood> found, int most) {
    return new GraphNodeView(
        tree.project().value(),
        tree.view().name(),
        tree.view().commit(),
        List.of(),
        found.stream().map(each -> neighbourhood(each, most)).toList());
  }

  static GraphNodeView candidates(Tree tree, List<Node> candidates) {
    return new GraphNodeView(
        tree.project().value(),
        tree.view().name(),
        tree.view().commit(),
        candidates.stream().map(GraphViews::node).toList(),
        List.of());
  }

  private static GraphNodeView.Neighbourhood neighbourhood(Neighbourhood found, int most) {
    return new GraphNodeView.Neighbourhood(
        node(found.node()),
        found.isComplete(),
        found.gaps(),
        found.in().size(),
        found.out().size(),
        found.open().size(),
        edges(found.in(), most),
        edges(found.out(), most),
        edges(found.open(), most));
  }

  private static GraphNode node(Node node) {
    return new GraphNode(
        node.id(), node.kind().word(), node.name(), node.path(), node.firstLine(), node.lastLine());
  }

  private static List<GraphEdge> edges(List<Edge> edges, int most) {
    return edges.stream().limit(most).map(GraphViews::edge).toList();
  }

  private static GraphEdge edge(Edge edge) {
    return new GraphEdge(
        edge.type().word(),
        edge.from(),
        edge.to(),
        edge.name(),
        edge.path(),
        edge.line(),
        edge.state().word(),
        edge.strategy(),
        edge.confidence(),
        edge.candidates(),
        edge.some());
  }

  static GraphPathView path(Tree tree, Node from, Node to, List<Edge> edges) {
    return new GraphPathView(
        tree.project().value(),
        tree.view().name(),
        tree.view().commit(),
        from.id(),
        to.id(),
        edges(edges, edges.size()));
  }

  static GraphSubsystemsView subsystems(Tree tree, List<Subsystem> subsystems) {
    return new GraphSubsystemsView(
        tree.project().value(),
        tree.view().name(),
        tree.view().commit(),
        subsystems.stream().map(GraphViews::subsystem).toList());
  }

  private static GraphSubsystemsView.Subsystem subsystem(Subsystem subsystem) {
    return new GraphSubsystemsView.Subsystem(
        subsystem.node().id(),
        subsystem.files(),
        subsystem.dependencies().stream()
            .map(each ->
                new GraphSubsystemsView.Dependency(each.on(), each.links(), edge(each.example())))
            .toList());
  }
}
