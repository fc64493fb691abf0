package dev.capstan.cli.view;

import dev.capstan.api.GraphEdge;
import dev.capstan.api.GraphNode;
import dev.capstan.api.GraphNodeView;
import dev.capstan.api.GraphNodeView.Neighbourhood;
import dev.capstan.api.GraphPathView;
import dev.capstan.api.GraphSubsystemsView;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Answers of the graph, in words. */
public final class GraphText {
  /** What an edge is called from its far end. */
  private static final Map<String, String> BACKWARDS =
      Map.of(
          "defines", "defined by",
          "imports", "imported by",
          "calls", "called by",
          "tests", "tested by",
          "extends", "extended by",
          "overrides", "overridden by",
          "documents", "documented by",
          "depends on", "needed by");

  private final Terminal terminal;

  public GraphText(Terminal terminal) {
    this.terminal = terminal;
  }

  public void node(GraphNodeView view) {
    if (!view.candidates().isEmpty()) {
      terminal.line("That may mean " + view.candidates().size() + " things; name one by its id:");
      view.candidates().forEach(node -> terminal.line("  " + name(node)));
    }
    view.found().forEach(this::neighbourhood);
  }

  private static String name(GraphNode node) {
    String lines = node.firstLine() == 0 ? "" : ":" + node.firstLine() + "-" + node.lastLine();
    return Terminal.visible(node.kind() + "  " + node.id() + lines);
  }

  private void neighbourhood(Neighbourhood found) {
    terminal.line(terminal.bold(name(found.node())));
    grouped(found.in()).forEach((type, edges) -> incoming(type, edges));
    grouped(found.out()).forEach((type, edges) -> outgoing(type, edges));
    if (!found.open().isEmpty()) {
      terminal.line("may be meant by");
      found.open().forEach(edge -> terminal.line("  " + place(edge) + "  " + known(edge)));
    }
    cut(found);
    terminal.line(
        found.complete()
            ? terminal.faint("complete: nothing else in the tree refers to it")
            : terminal.yellow(
                "not complete: " + Terminal.visible(String.join("; ", found.gaps()))));
  }

  private void cut(Neighbourhood found) {
    int shown = found.in().size() + found.out().size() + found.open().size();
    int all = found.inCount() + found.outCount() + found.openCount();
    if (shown < all) {
      terminal.line(terminal.faint("%d of %d edges; more with --limit".formatted(shown, all)));
    }
  }

  private static Map<String, List<GraphEdge>> grouped(List<GraphEdge> edges) {
    return edges.stream()
        .collect(Collectors.groupingBy(GraphEdge::type, TreeMap::new, Collectors.toList()));
  }

  private void incoming(String type, List<GraphEdge> edges) {
    terminal.line(BACKWARDS.getOrDefault(type, type));
    for (GraphEdge edge : edges) {
      terminal.line("  " + Terminal.visible(edge.from()) + terminal.faint("  " + place(edge)));
    }
  }

  private void outgoing(String type, List<GraphEdge> edges) {
    terminal.line(type);
    for (GraphEdge edge : edges) {
      String end = edge.to().isEmpty() ? edge.name() + "  " + known(edge) : edge.to();
      terminal.line("  " + Terminal.visible(end) + terminal.faint("  " + place(edge)));
    }
  }

  private static String place(GraphEdge edge) {
    return Terminal.visible(edge.path() + ":" + edge.line());
  }

  private static String known(GraphEdge edge) {
    return edge.state().equals("ambiguous")
        ? "one of " + edge.candidates() + ", by " + Terminal.visible(edge.strategy())
        : edge.state() + ": " + Terminal.visible(edge.strategy());
  }

  public void path(GraphPathView view) {
    if (view.edges().isEmpty()) {
      terminal.line(
          "No way is known from %s to %s."
              .formatted(Terminal.visible(view.from()), Terminal.visible(view.to())));
      return;
    }
    terminal.line(Terminal.visible(view.from()));
    for (GraphEdge edge : view.edges()) {
      terminal.line(
          "  %s %s  %s"
              .formatted(edge.type(), Terminal.visible(edge.to()), terminal.faint(place(edge))));
    }
  }

  public void subsystems(GraphSubsystemsView view) {
    for (GraphSubsystemsView.Subsystem each : view.subsystems()) {
      terminal.line(terminal.bold(Terminal.visible(each.id())) + "  " + each.files() + " files");
      each.dependencies()
          .forEach(on ->
              terminal.line(
                  "  depends on %s  %d links, such as %s"
                      .formatted(Terminal.visible(on.on()), on.links(), place(on.example()))));
    }
  }
}
