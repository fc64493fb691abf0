package dev.capstan.knowledge.analysis;

import dev.capstan.knowledge.analysis.Claim.Kind;
import dev.capstan.knowledge.graph.Edge;
import dev.capstan.knowledge.graph.Edge.State;
import dev.capstan.knowledge.graph.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is there and not tested, and what tests nothing. */
final class TestRules {
  private final Examined examined;

  TestRules(Examined examined) {
    this.examined = examined;
  }

  /** Types and functions at the top of a file. */
  List<Claim> untested() {
    Set<String> reached = reached();
    List<Claim> found = new ArrayList<>();
    for (Node symbol : examined.symbols()) {
      boolean inAnother = symbol.name().indexOf('.') >= 0;
      if (!inAnother
          && !reached.contains(symbol.path() + '#' + symbol.name())
          && !examined.isNamedByTests(symbol.name())) {
        found.add(
            new Claim(
                Kind.GAP,
                "there and not tested",
                "no test names %s, and none is known to call it, not even through other code"
                    .formatted(symbol.name()),
                List.of(examined.id(symbol))));
      }
    }
    return found;
  }

  /** What is at the top of files and called by tests, or by what they call, however far. */
  private Set<String> reached() {
    Map<String, Set<String>> calls = new HashMap<>();
    Set<String> known = new HashSet<>();
    Deque<String> waiting = new ArrayDeque<>();
    for (Edge edge : examined.edges()) {
      boolean isCall = edge.type() == Edge.Type.CALLS || edge.type() == Edge.Type.TESTS;
      if (isCall && edge.state() == State.RESOLVED) {
        calls.computeIfAbsent(edge.from(), _ -> new HashSet<>()).add(edge.to());
        if (edge.type() == Edge.Type.TESTS && known.add(edge.to())) {
          waiting.add(edge.to());
        }
      }
    }
    while (!waiting.isEmpty()) {
      for (String next : calls.getOrDefault(waiting.remove(), Set.of())) {
        if (known.add(next)) {
          waiting.add(next);
        }
      }
    }
    return known.stream().map(TestRules::top).collect(Collectors.toSet());
  }

  /** The id of what is around it at the top of its file. */
  private static String top(String id) {
    int hash = id.indexOf('#');
    return id.substring(0, hash + 1) + id.substring(hash + 1).replaceFirst("[.(~].*", "");
  }

  /** Files with tests that refer to nothing of the tree. */
  List<Claim> ofNothing() {
    Set<String> reaching = new HashSet<>();
    examined.edges().stream()
        .filter(edge -> edge.type() != Edge.Type.DEFINES)
        .filter(edge -> edge.state() == State.RESOLVED || edge.state() == State.AMBIGUOUS)
        .forEach(edge -> reaching.add(edge.path()));
    Map<String, Node> first = new TreeMap<>();
    examined.nodes(Node.Kind.TEST).stream()
        .filter(test -> !reaching.contains(test.path()))
        .forEach(test ->
            first.merge(
                test.path(),
                test,
                (one, other) -> one.firstLine() <= other.firstLine() ? one : other));
    return first.values().stream()
        .map(test ->
            new Claim(
                Kind.GAP,
                "a test of nothing",
                "the tests of " + test.path() + " refer to nothing that is declared here",
                List.of(examined.id(test))))
        .toList();
  }
}
