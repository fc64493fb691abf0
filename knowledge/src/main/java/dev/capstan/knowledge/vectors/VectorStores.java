package dev.capstan.knowledge.vectors;

/** Where stores outside are; nothing is reached before a store is used. */
public interface VectorStores extends AutoCloseable {
  /**
   * The vectors of a project.
   *
   * @param model by which they were made: letters, digits, {@code .-_}
   */
  VectorStore of(String project, String model);

  @Override
  void close();
}
