package dev.capstan.knowledge.graph;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Answers from a store, and while that is away from a graph that is made instead. */
final class StoredGraph implements CodeGraph {
  private final CodeGraph stored;
  private final Supplier<CodeGraph> instead;

  StoredGraph(CodeGraph stored, Supplier<CodeGraph> instead) {
    this.stored = stored;
    this.instead = instead;
  }

  private <T> T ask(Function<CodeGraph, T> question) {
    try {
      return question.apply(stored);
    } catch (GraphUnavailable outage) {
      return question.apply(instead.get());
    }
  }

  @Override
  public List<Node> find(String name) {
    return ask(graph -> graph.find(name));
  }

  @Override
  public Optional<Neighbourhood> around(String id) {
    return ask(graph -> graph.around(id));
  }

  @Override
  public List<Edge> path(String from, String to) {
    return ask(graph -> graph.path(from, to));
  }

  @Override
  public List<Subsystem> subsystems() {
    return ask(CodeGraph::subsystems);
  }

  @Override
  public List<Node> nodes() {
    return ask(CodeGraph::nodes);
  }

  @Override
  public List<Edge> edges() {
    return ask(CodeGraph::edges);
  }
}
