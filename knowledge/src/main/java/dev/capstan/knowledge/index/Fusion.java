package dev.capstan.knowledge.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Brings the orders of several ways to find something together by reciprocal rank (Cormack, Clarke,
 * Büttcher: Reciprocal Rank Fusion, SIGIR 2009), so that scores which mean different things need
 * not be compared.
 */
public final class Fusion {
  /** Smaller, and the first places count for more. */
  private static final double RANK_CONSTANT = 15;

  /** Stands for whichever chunk of a file comes first. */
  static final int ANY_LINE = 0;

  private final Map<Place, Map<String, Double>> found = new LinkedHashMap<>();

  /** A chunk. */
  public record Place(String path, int firstLine) {}

  /**
   * A chunk with its score.
   *
   * @param parts what each way to find it gave; their sum is the score
   */
  public record Fused(Place place, Map<String, Double> parts) {
    public double score() {
      return parts.values().stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  /** Chunks, the best first. */
  void add(String way, List<Place> places, ToDoubleFunction<Place> weight) {
    int rank = 0;
    for (Place place : places) {
      put(place, way, share(weight.applyAsDouble(place), ++rank));
    }
  }

  /** Files, the best first: all chunks of them that were found before, or else any. */
  public void addFiles(String way, List<String> paths, ToDoubleFunction<String> weight) {
    Map<String, List<Place>> places = new HashMap<>();
    found
        .keySet()
        .forEach(place -> places.computeIfAbsent(place.path(), _ -> new ArrayList<>()).add(place));
    int rank = 0;
    for (String path : paths) {
      double share = share(weight.applyAsDouble(path), ++rank);
      places
          .getOrDefault(path, List.of(new Place(path, ANY_LINE)))
          .forEach(place -> put(place, way, share));
    }
  }

  private void put(Place place, String way, double share) {
    found.computeIfAbsent(place, _ -> new LinkedHashMap<>()).merge(way, share, Double::sum);
  }

  /** The first of all gets the weight itself. */
  private static double share(double weight, int rank) {
    return weight * (RANK_CONSTANT + 1) / (RANK_CONSTANT + rank);
  }

  /** The best first. */
  public List<Fused> order() {
    return found.entrySet().stream()
        .map(entry -> new Fused(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparingDouble(Fused::score)
                .reversed()
                .thenComparing(fused -> fused.place().path())
                .thenComparingInt(fused -> fused.place().firstLine()))
        .toList();
  }
}
