package dev.capstan.knowledge.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which files refer to which, and what is central among them, by personalised PageRank (Page, Brin,
 * Motwani and Winograd 1999; Haveliwala 2002): a reader who begins at one of the wanted files
 * follows a reference, in either direction, with probability {@link #DAMPING}, and else begins
 * anew. Sums are made in the order of paths, so the same references give the same numbers, bit by
 * bit. It does not change; safe for many threads.
 */
public final class References {
  /** How likely the reader goes on. */
  public static final double DAMPING = 0.5;

  /** It has converged once all files together have changed by less in one round. */
  private static final double TOLERANCE = 1e-9;

  /** Never reached: what is left to change at least halves with each round. */
  private static final int MOST_ROUNDS = 100;

  private final List<String> paths;
  private final Map<String, Integer> places = new HashMap<>();
  private final int[] from;
  private final int[] to;
  private final double[] share;
  private final boolean[] leads;

  private record Way(int from, int to, double weight) {}

  /** {@code counts}: how many places of a file refer to another one, by their paths. */
  References(Collection<String> files, SortedMap<String, SortedMap<String, Integer>> counts) {
    paths = files.stream().sorted().toList();
    for (int i = 0; i < paths.size(); i++) {
      places.put(paths.get(i), i);
    }
    List<Way> ways = ways(counts);
    double[] all = new double[paths.size()];
    ways.forEach(way -> all[way.from()] += way.weight());
    from = ways.stream().mapToInt(Way::from).toArray();
    to = ways.stream().mapToInt(Way::to).toArray();
    share = ways.stream().mapToDouble(way -> way.weight() / all[way.from()]).toArray();
    leads = new boolean[paths.size()];
    ways.forEach(way -> leads[way.from()] = true);
  }

  /** By what is resolved in the files of a graph, but prose. */
  public static References of(CodeGraph graph) {
    SortedMap<String, SortedMap<String, Integer>> counts = new TreeMap<>();
    for (Edge edge : graph.edges()) {
      boolean refers =
          switch (edge.type()) {
            case IMPORTS, CALLS, TESTS, EXTENDS, OVERRIDES -> true;
            case DEFINES, DOCUMENTS, DEPENDS_ON -> false;
          };
      if (refers && edge.state() == Edge.State.RESOLVED) {
        counts
            .computeIfAbsent(edge.path(), _ -> new TreeMap<>())
            .merge(edge.target(), 1, Integer::sum);
      }
    }
    List<String> files =
        graph.nodes().stream()
            .filter(node -> node.id().equals(node.path()))
            .map(Node::path)
            .toList();
    return new References(files, counts);
  }

  /** Many places say more than one, but not as many times more. */
  private List<Way> ways(SortedMap<String, SortedMap<String, Integer>> counts) {
    List<Way> ways = new ArrayList<>();
    counts.forEach((one, others) ->
        others.forEach((other, count) -> {
          int here = places.getOrDefault(one, -1);
          int there = places.getOrDefault(other, -1);
          if (here >= 0 && there >= 0 && here != there) {
            ways.add(new Way(here, there, Math.sqrt(count)));
            ways.add(new Way(there, here, Math.sqrt(count)));
          }
        }));
    return ways;
  }

  /**
   * How central each file is for the wanted ones, the most central first; those that no way leads
   * to are left out. The numbers sum to 1.
   *
   * @param wanted how much each file is wanted, more than 0; others than those of the tree do not
   *     count
   */
  public SequencedMap<String, Double> rank(Map<String, Double> wanted) {
    double[] start = new double[paths.size()];
    wanted.forEach((path, weight) -> {
      int place = places.getOrDefault(path, -1);
      if (place >= 0) {
        start[place] = weight;
      }
    });
    double sum = Arrays.stream(start).sum();
    for (int i = 0; i < start.length; i++) {
      start[i] = sum == 0 ? 0 : start[i] / sum;
    }
    return ordered(converged(start));
  }

  private double[] converged(double[] start) {
    double[] rank = start;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      double[] next = next(rank, start);
      double change = 0;
      for (int i = 0; i < next.length; i++) {
        change += Math.abs(next[i] - rank[i]);
      }
      rank = next;
      if (change < TOLERANCE) {
        return rank;
      }
    }
    return rank;
  }

  /** Who is where no way leads on begins anew. */
  private double[] next(double[] rank, double[] start) {
    double stuck = 0;
    for (int i = 0; i < rank.length; i++) {
      stuck += leads[i] ? 0 : rank[i];
    }
    double[] next = new double[rank.length];
    for (int i = 0; i < rank.length; i++) {
      next[i] = start[i] * (1 - DAMPING + DAMPING * stuck);
    }
    for (int way = 0; way < from.length; way++) {
      next[to[way]] += DAMPING * rank[from[way]] * share[way];
    }
    return next;
  }

  private SequencedMap<String, Double> ordered(double[] rank) {
    SequencedMap<String, Double> ordered = new LinkedHashMap<>();
    places.entrySet().stream()
        .filter(each -> rank[each.getValue()] > 0)
        .sorted(
            Comparator.comparingDouble((Map.Entry<String, Integer> each) -> -rank[each.getValue()])
                .thenComparing(Map.Entry::getKey))
        .forEach(each -> ordered.put(each.getKey(), rank[each.getValue()]));
    return ordered;
  }
}
