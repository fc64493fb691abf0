package dev.capstan.api;

import java.util.List;

/**
 * What a name means in the graph of a tree, and what refers to it.
 *
 * @param commit of the tree; "" for a work tree
 * @param candidates what the name may mean, if that is several things: ask again with an id
 * @param found what the name means: one node, or the overloads of one name
 */
public record GraphNodeView(
    String project,
    String tree,
    String commit,
    List<GraphNode> candidates,
    List<Neighbourhood> found) {
  public GraphNodeView {
    candidates = List.copyOf(candidates);
    found = List.copyOf(found);
  }

  /**
   * A node with what refers to it and what it refers to; of each at most as many as were asked for.
   *
   * @param complete true if nothing else in the tree refers to it
   * @param gaps why something may refer to it that is not listed
   * @param open places that may refer to it, but do not say what they mean
   */
  public record Neighbourhood(
      GraphNode node,
      boolean complete,
      List<String> gaps,
      int inCount,
      int outCount,
      int openCount,
      List<GraphEdge> in,
      List<GraphEdge> out,
      List<GraphEdge> open) {
    public Neighbourhood {
      gaps = List.copyOf(gaps);
      in = List.copyOf(in);
      out = List.copyOf(out);
      open = List.copyOf(open);
    }
  }
}
