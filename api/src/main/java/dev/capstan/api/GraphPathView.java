package dev.capstan.api;

import java.util.List;

/**
 * One of the shortest ways from one node to another.
 *
 * @param edges in order; none if there is no way along what is resolved
 */
public record GraphPathView(
    String project, String tree, String commit, String from, String to, List<GraphEdge> edges) {
  public GraphPathView {
    edges = List.copyOf(edges);
  }
}
