package dev.capstan.api;

import java.util.List;

/**
 * A place where a node refers to another.
 *
 * @param type defines, imports, calls, tests, extends, overrides, documents or depends on
 * @param to the id of a node; "" unless the state is resolved
 * @param name as it is written at the place
 * @param path of the file that the place is in
 * @param state resolved, ambiguous, external or unresolved
 * @param strategy what it was found by, or why it was not
 * @param confidence from 0 to 1; 0 unless the state is resolved
 * @param candidates how many nodes it may mean
 * @param some the ids of at most ten of them, if it is ambiguous
 */
public record GraphEdge(
    String type,
    String from,
    String to,
    String name,
    String path,
    int line,
    String state,
    String strategy,
    double confidence,
    int candidates,
    List<String> some) {
  public GraphEdge {
    some = List.copyOf(some);
  }
}
