package dev.capstan.knowledge.graph;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The graph of one tree, to be asked. It does not change. Safe for many threads. */
public interface CodeGraph {
  /** That of where edges stand. */
  Comparator<Edge> ORDER =
      Comparator.comparing(Edge::path)
          .thenComparingInt(Edge::line)
          .thenComparing(Edge::type)
          .thenComparing(Edge::from)
          .thenComparing(Edge::name)
          .thenComparing(Edge::to);

  /**
   * The nodes that a name means: an id, else a path, else a qualified name or the end of one. In
   * the order of their ids.
   */
  List<Node> find(String name);

  /** Empty if there is no such node. */
  Optional<Neighbourhood> around(String id);

  /** One of the shortest ways from one node to another along what is resolved; empty if none. */
  List<Edge> path(String from, String to);

  /** In the order of their ids. */
  List<Subsystem> subsystems();

  /** All nodes, in the order of their ids. */
  List<Node> nodes();

  /** All edges, in the order of where they stand. */
  List<Edge> edges();
}
