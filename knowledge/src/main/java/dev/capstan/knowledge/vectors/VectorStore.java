package dev.capstan.knowledge.vectors;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the vectors that one model gave the chunks of one project. A unit, one content at one path,
 * has all its vectors or none. One process writes; safe for many threads.
 *
 * <p>Every method throws {@link VectorsUnavailable} if the store can't be reached; to ask again is
 * safe.
 */
public interface VectorStore extends AutoCloseable {
  /** Those that have their vectors. Quick: the same object until that changes. */
  Set<String> units();

  /** The vectors of texts that are there, by their hashes; some may be left out. */
  Map<String, Vector> known(Collection<String> hashes);

  /**
   * Adds units with at least one piece each. The pieces of a unit are always the same; what is
   * there already stays as it is. After a failure some of the units may be there.
   */
  void put(Map<String, List<Piece>> units);

  /** Deletes all that units have; those that are not there are none. */
  void remove(Collection<String> units);

  /** The nearest pieces by cosine; from the nearest to the farthest. */
  List<Near> nearest(Vector target, Among among, int most);

  @Override
  void close();

  /**
   * A chunk of a file.
   *
   * @param hash of the model and the text
   */
  record Piece(String path, int firstLine, String hash, Vector vector) {}

  /**
   * A chunk that was found.
   *
   * @param similarity rises with the cosine, by a scale of the store's own
   */
  record Near(String path, int firstLine, double similarity) {}
}
