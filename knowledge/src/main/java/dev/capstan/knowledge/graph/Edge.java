package dev.capstan.knowledge.graph;

import java.util.List;
import java.util.Locale;

/**
 * One place where a node refers to another.
 *
 * @param to the id of the node; "" unless the edge is resolved
 * @param name as it is written at the place
 * @param path of the file that the place is in
 * @param strategy what it was found by, or why it was not
 * @param confidence from 0 to 1; 0 unless the edge is resolved
 * @param candidates how many nodes it may mean, if it is ambiguous
 * @param some the ids of at most ten of them
 */
public record Edge(
    Type type,
    String from,
    String to,
    String name,
    String path,
    int line,
    State state,
    String strategy,
    double confidence,
    int candidates,
    List<String> some) {
  public Edge {
    some = List.copyOf(some);
  }

  /** The path of the file that a resolved edge leads to. */
  public String target() {
    int hash = to.indexOf('#');
    return hash < 0 ? to : to.substring(0, hash);
  }

  /** How a node refers to another. */
  public enum Type {
    DEFINES,
    IMPORTS,
    CALLS,
    /** A call from a test to what is none. */
    TESTS,
    EXTENDS,
    OVERRIDES,
    DOCUMENTS,
    DEPENDS_ON;

    /** As users read it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** How much is known of the far end. */
  public enum State {
    RESOLVED,
    /** It is one of several, or, if only the name is known, something outside. */
    AMBIGUOUS,
    /** It is declared in no file of the tree. */
    EXTERNAL,
    /** It should be in the tree and was not found. */
    UNRESOLVED;

    /** As users read it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
