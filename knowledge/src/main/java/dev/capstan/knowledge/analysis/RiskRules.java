package dev.capstan.knowledge.analysis;

import dev.capstan.knowledge.analysis.Claim.Kind;
import dev.capstan.knowledge.graph.Edge;
import dev.capstan.knowledge.graph.Node;
import dev.capstan.knowledge.index.PastChanges;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Where a change may go wrong. */
final class RiskRules {
  private static final int MANY_CALLERS = 10;
  private static final int MANY_FILES = 5;
  private static final int MANY_CHANGES = 5;
  private static final int MANY_UNKNOWN = 20;
  private static final int UNKNOWN_PERCENT = 30;
  private static final int WORST = 3;

  private final Examined examined;

  RiskRules(Examined examined) {
    this.examined = examined;
  }

  /** Symbols that are called from many files. */
  List<Claim> manyCallers() {
    Map<String, List<Edge>> callers = examined.resolvedTo(Edge.Type.CALLS);
    record Called(Node symbol, List<Edge> by, long files) {}
    return examined.symbols().stream()
        .map(symbol -> {
          List<Edge> by = callers.getOrDefault(symbol.id(), List.of());
          return new Called(symbol, by, by.stream().map(Edge::path).distinct().count());
        })
        .filter(called -> called.files() >= MANY_CALLERS)
        .sorted(Comparator.comparingLong(Called::files).reversed())
        .map(called ->
            new Claim(
                Kind.RISK,
                "much depends on it",
                "%s is called from at least %d files"
                    .formatted(called.symbol().name(), called.files()),
                List.of(examined.id(called.symbol()), examined.id(called.by().getFirst()))))
        .toList();
  }

  /** Files by how many others refer to them, times how often they were changed. */
  List<Claim> oftenChanged() {
    PastChanges changes = examined.index().changes(examined.view().name());
    record Hot(String path, Map<String, Edge> by, int changed) {
      long weight() {
        return (long) by.size() * changed;
      }
    }
    List<Hot> hot = new ArrayList<>();
    referring().forEach((path, by) -> hot.add(new Hot(path, by, changes.of(path))));
    return hot.stream()
        .filter(file -> file.by().size() >= MANY_FILES && file.changed() >= MANY_CHANGES)
        .sorted(Comparator.comparingLong(Hot::weight).reversed().thenComparing(Hot::path))
        .map(file ->
            new Claim(
                Kind.RISK,
                "changed often, and much depends on it",
                "%s was changed by %d of the last %d commits, and at least %d files of code refer to it"
                    .formatted(file.path(), file.changed(), changes.commits(), file.by().size()),
                Stream.concat(
                        Stream.of(examined.id(file.path(), 1, 1)),
                        file.by().values().stream().limit(WORST).map(examined::id))
                    .toList()))
        .toList();
  }

  /**
   * For each file of the subject's code, the other files of code that refer to it, each with one
   * place.
   */
  private Map<String, Map<String, Edge>> referring() {
    Map<String, Map<String, Edge>> referring = new TreeMap<>();
    for (Edge edge : examined.references()) {
      String path = edge.target();
      if (!path.equals(edge.path()) && examined.isOf(path) && !examined.isOfTests(path)) {
        referring.computeIfAbsent(path, _ -> new TreeMap<>()).putIfAbsent(edge.path(), edge);
      }
    }
    return referring;
  }

  /** One claim, if of many calls of the subject it is not known what they mean. */
  List<Claim> notKnown() {
    Map<String, List<Edge>> unknown = new HashMap<>();
    int calls = 0;
    for (Edge edge : examined.edges()) {
      boolean isCall = edge.type() == Edge.Type.CALLS || edge.type() == Edge.Type.TESTS;
      if (isCall && examined.isOf(edge.path())) {
        calls++;
        if (isUnknown(edge)) {
          unknown.computeIfAbsent(edge.path(), _ -> new ArrayList<>()).add(edge);
        }
      }
    }
    int count = unknown.values().stream().mapToInt(List::size).sum();
    if (count < MANY_UNKNOWN || count * 100L < (long) calls * UNKNOWN_PERCENT) {
      return List.of();
    }
    List<Edge> worst =
        unknown.values().stream()
            .sorted(
                Comparator.<List<Edge>>comparingInt(List::size)
                    .reversed()
                    .thenComparing(some -> some.getFirst().path()))
            .limit(WORST)
            .map(List::getFirst)
            .toList();
    return List.of(
        new Claim(
            Kind.RISK,
            "what is called is not known",
            "of %d calls it is not known what %d mean, most of them in %s"
                .formatted(
                    calls, count, String.join(", ", worst.stream().map(Edge::path).toList())),
            worst.stream().map(examined::id).toList()));
  }

  /** Which of several overloads of one method is meant does not matter. */
  private static boolean isUnknown(Edge edge) {
    return switch (edge.state()) {
      case RESOLVED, EXTERNAL -> false;
      case UNRESOLVED -> true;
      case AMBIGUOUS ->
          edge.candidates() > edge.some().size()
              || edge.some().stream().map(id -> id.replaceFirst("[(~].*", "")).distinct().count()
                  > 1;
    };
  }
}
