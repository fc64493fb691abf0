package dev.capstan.knowledge.graph;

import java.util.Optional;

/**
 * Keeps graphs beyond this process. Every method, and every graph that it gives, throws {@link
 * GraphUnavailable} if the store can't be reached. Safe for many threads.
 */
public interface GraphStore extends AutoCloseable {
  /**
   * The graph of a view of that version, if it was kept and none was since.
   *
   * @param version of all that the graph was made of
   */
  Optional<CodeGraph> find(String project, String view, String version);

  /**
   * Takes the place of what was kept of the view, once it is there whole; nothing is done if that
   * is of the same version.
   */
  void keep(String project, String view, String version, CodeGraph graph);

  @Override
  void close();
}
