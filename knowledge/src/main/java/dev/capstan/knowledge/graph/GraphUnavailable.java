package dev.capstan.knowledge.graph;

/** A store of graphs does not answer, or refuses; the message says which one and why. */
public final class GraphUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  public GraphUnavailable(String message) {
    super(message);
  }

  public GraphUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
