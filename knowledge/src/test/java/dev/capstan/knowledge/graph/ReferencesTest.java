package dev.capstan.knowledge.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is central is computed as PageRank is defined, and the same each time. */
final class ReferencesTest {
  private static final double CLOSE = 1e-8;

  private static References of(List<String> files, Map<String, Map<String, Integer>> counts) {
    SortedMap<String, SortedMap<String, Integer>> sorted = new TreeMap<>();
    counts.forEach((path, others) -> sorted.put(path, new TreeMap<>(others)));
    return new References(files, sorted);
  }

  /** a = 1/2 + b/2, b = a/2. */
  @Test
  void two_files_are_as_central_as_the_equations_say() {
    Map<String, Double> rank =
        of(List.of("a", "b", "c"), Map.of("a", Map.of("b", 1))).rank(Map.of("a", 7.0));

    assertThat(rank).containsOnlyKeys("a", "b");
    assertThat(rank.get("a")).isCloseTo(2.0 / 3, within(CLOSE));
    assertThat(rank.get("b")).isCloseTo(1.0 / 3, within(CLOSE));
  }

  /** a has 4 places of b and 1 of c, which count as 2 and 1. */
  @Test
  void many_places_say_more_than_one() {
    Map<String, Double> rank =
        of(List.of("a", "b", "c"), Map.of("a", Map.of("b", 4, "c", 1))).rank(Map.of("a", 1.0));

    assertThat(rank.get("b")).isCloseTo(2 * rank.getOrDefault("c", 0.0), within(CLOSE));
  }

  /** alone = 1/4 * (1/2 + alone/2). */
  @Test
  void who_is_stuck_begins_anew_so_that_all_sums_to_one() {
    Map<String, Double> rank =
        of(List.of("a", "b", "alone"), Map.of("a", Map.of("b", 3)))
            .rank(Map.of("alone", 1.0, "a", 3.0, "elsewhere", 5.0));

    assertThat(rank.values().stream().mapToDouble(each -> each).sum()).isCloseTo(1, within(CLOSE));
    assertThat(rank.get("alone")).isCloseTo(1.0 / 7, within(CLOSE));
  }

  @Test
  void the_order_in_which_files_come_changes_no_bit() {
    Map<String, Map<String, Integer>> counts = new TreeMap<>();
    List<String> files = new java.util.ArrayList<>();
    for (int i = 0; i < 200; i++) {
      files.add("f" + i);
      counts.put("f" + i, Map.of("f" + (i + 1) % 200, 1 + i % 5, "f" + (i * 13 + 7) % 200, 2));
    }
    Map<String, Double> wanted = Map.of("f3", 0.3, "f99", 0.1, "f150", 0.7);

    Map<String, Double> rank = of(files, counts).rank(wanted);
    Map<String, Double> again = of(files.reversed(), counts).rank(new TreeMap<>(wanted));

    assertThat(List.copyOf(again.entrySet())).isEqualTo(List.copyOf(rank.entrySet()));
    assertThat(rank.keySet()).first().isEqualTo("f150");
  }

  @Test
  void where_nothing_is_wanted_nothing_is_central() {
    assertThat(of(List.of("a"), Map.of()).rank(Map.of("b", 1.0))).isEmpty();
    assertThat(of(List.of(), Map.of()).rank(Map.of())).isEmpty();
  }
}
