package dev.capstan.adapters.http;

import dev.capstan.knowledge.vectors.Vector;
import dev.capstan.knowledge.vectors.VectorStore.Piece;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Cuts what is sent to a server of vectors into requests that it takes. */
public final class Batches {
  private static final int MOST_NAMES = 200;
  private static final int MOST_RECORDS = 300;

  private Batches() {}

  /**
   * A piece as a server keeps it.
   *
   * @param number of the piece in its unit; the one with 0 is written last, so a unit that has it
   *     is complete
   */
  public record StoredPiece(String unit, int number, Piece piece) {
    /** The same for the same piece. */
    public String id() {
      return unit + '#' + number;
    }

    /** What is kept beside the vector. */
    public Map<String, Object> fields() {
      return Map.of(
          "unit",
          unit,
          "piece",
          number,
          "path",
          piece.path(),
          "line",
          piece.firstLine(),
          "hash",
          piece.hash());
    }
  }

  public static List<List<String>> of(Collection<String> names) {
    return cut(List.copyOf(names), MOST_NAMES);
  }

  /** To be sent in this order. */
  public static List<List<StoredPiece>> records(Map<String, List<Piece>> units) {
    List<StoredPiece> all = new ArrayList<>();
    units.forEach((unit, pieces) -> {
      for (int i = pieces.size() - 1; i >= 0; i--) {
        all.add(new StoredPiece(unit, i, pieces.get(i)));
      }
    });
    return cut(all, MOST_RECORDS);
  }

  private static <T> List<List<T>> cut(List<T> all, int most) {
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += most) {
      parts.add(all.subList(from, Math.min(from + most, all.size())));
    }
    return parts;
  }

  /** Reads an array of numbers. */
  public static Vector vector(JsonNode numbers) {
    float[] parts = new float[numbers.size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = (float) numbers.path(i).asDouble();
    }
    return Vector.of(parts);
  }
}
