package dev.capstan.knowledge.analysis;

import dev.capstan.knowledge.analysis.Claim.Kind;
import dev.capstan.knowledge.graph.Edge;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Subsystems whose code needs each other, two by two or in a longer round. */
final class Circles {
  private static final int MOST_SHOWN = 5;

  private final Examined examined;
  private final Map<String, Map<String, Edge>> needs = new TreeMap<>();

  Circles(Examined examined) {
    this.examined = examined;
    Set<String> subsystems = new HashSet<>();
    examined.graph().subsystems().forEach(each -> subsystems.add(each.node().id()));
    for (Edge edge : examined.references()) {
      String one = subsystem(edge.path(), subsystems);
      String other = subsystem(edge.target(), subsystems);
      if (!one.equals(other)) {
        needs.computeIfAbsent(one, _ -> new TreeMap<>()).putIfAbsent(other, edge);
      }
    }
  }

  /** The nearest folder around it that is one. */
  private static String subsystem(String path, Set<String> subsystems) {
    for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      String folder = path.substring(0, slash + 1);
      if (subsystems.contains(folder)) {
        return folder;
      }
    }
    return "./";
  }

  /** The shortest through each subsystem, each once. */
  List<Claim> claims() {
    Set<Set<String>> seen = new HashSet<>();
    List<Claim> found = new ArrayList<>();
    for (String start : needs.keySet()) {
      for (List<String> circle : through(start)) {
        List<Edge> ways = ways(circle);
        boolean concerned = ways.stream().anyMatch(way -> examined.isOf(way.path()));
        if (concerned && seen.add(new TreeSet<>(circle))) {
          found.add(claim(circle, ways));
        }
      }
    }
    return found;
  }

  private static String inWords(List<String> circle) {
    return circle.size() == 2
        ? circle.getFirst() + " and " + circle.getLast() + " need each other"
        : String.join(" needs ", circle) + " needs " + circle.getFirst();
  }

  private Claim claim(List<String> circle, List<Edge> ways) {
    return new Claim(
        Kind.RISK,
        "a circle",
        inWords(circle),
        ways.stream().limit(MOST_SHOWN).map(examined::id).toList());
  }

  /** All that are of two; if there are none, one of the shortest. */
  private List<List<String>> through(String start) {
    List<List<String>> pairs = new ArrayList<>();
    for (String other : on(start).keySet()) {
      if (on(other).containsKey(start)) {
        pairs.add(List.of(start, other));
      }
    }
    return pairs.isEmpty() ? longer(start) : pairs;
  }

  private Map<String, Edge> on(String subsystem) {
    return needs.getOrDefault(subsystem, Map.of());
  }

  private List<List<String>> longer(String start) {
    Map<String, String> before = new HashMap<>();
    Deque<String> waiting = new ArrayDeque<>(List.of(start));
    while (!waiting.isEmpty()) {
      String at = waiting.remove();
      for (String next : on(at).keySet()) {
        if (next.equals(start)) {
          return List.of(back(before, at, start));
        }
        if (before.putIfAbsent(next, at) == null) {
          waiting.add(next);
        }
      }
    }
    return List.of();
  }

  private static List<String> back(Map<String, String> before, String end, String start) {
    Deque<String> way = new ArrayDeque<>();
    for (String at = end; !at.equals(start); at = Objects.requireNonNull(before.get(at))) {
      way.addFirst(at);
    }
    way.addFirst(start);
    return List.copyOf(way);
  }

  private List<Edge> ways(List<String> circle) {
    List<Edge> ways = new ArrayList<>();
    for (int i = 0; i < circle.size(); i++) {
      String next = circle.get((i + 1) % circle.size());
      ways.add(Objects.requireNonNull(on(circle.get(i)).get(next)));
    }
    return ways;
  }
}
