package dev.capstan.knowledge.graph;

import dev.capstan.knowledge.parsing.Parsed.Symbol;
import dev.capstan.knowledge.resolving.Link;
import dev.capstan.knowledge.resolving.Outcome;
import dev.capstan.knowledge.resolving.Target;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A search in breadth along what is resolved, in the order in which it is written. */
final class ShortestPath {
  private static final int MOST_VISITED = 50_000;

  private final Map<String, FileLinks> files;
  private final Edges edges;
  private final Map<Target, Step> arrivals = new HashMap<>();
  private final Deque<Target> waiting = new ArrayDeque<>();

  private record Step(Target from, Edge edge) {}

  ShortestPath(Map<String, FileLinks> files, Edges edges) {
    this.files = files;
    this.edges = edges;
  }

  List<Edge> between(Target start, Target end) {
    waiting.add(start);
    while (!waiting.isEmpty() && !arrivals.containsKey(end) && arrivals.size() < MOST_VISITED) {
      visit(waiting.remove(), start);
    }
    List<Edge> way = new ArrayList<>();
    Target at = end;
    for (Step step = arrivals.get(at); step != null && !at.equals(start); step = arrivals.get(at)) {
      way.addFirst(step.edge());
      at = step.from();
    }
    return way;
  }

  private void visit(Target at, Target start) {
    FileLinks file = files.get(at.path());
    if (file == null) {
      return;
    }
    for (Link link : file.links()) {
      if (link.from() == at.symbol() && link.outcome() instanceof Outcome.Resolved found) {
        arrive(at, found.target(), edges.of(file, link), start);
      }
    }
    List<Symbol> symbols = file.symbols();
    String around = at.symbol() < 0 ? "" : symbols.get(at.symbol()).qualifiedName();
    for (int i = 0; i < symbols.size(); i++) {
      if (i != at.symbol() && symbols.get(i).container().equals(around)) {
        arrive(at, new Target(at.path(), i), edges.defines(file, i), start);
      }
    }
  }

  private void arrive(Target from, Target to, Edge edge, Target start) {
    if (!to.equals(start) && arrivals.putIfAbsent(to, new Step(from, edge)) == null) {
      waiting.add(to);
    }
  }
}
