package dev.capstan.knowledge.analysis;

import dev.capstan.knowledge.analysis.Claim.Kind;
import dev.capstan.knowledge.graph.Edge;
import dev.capstan.knowledge.graph.Edge.State;
import dev.capstan.knowledge.graph.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What is there and not tested, and what tests nothing. */
final class TestRules {
  private final Examined examined;

  TestRules(Examined examined) {
    this.examined = examined;
  }

  /** Types and functions at the top of a file. */
  List<Claim> untested() {
    Map<String, List<Edge>> tested = examined.resolvedTo(Edge.Type.TESTS);
    List<Claim> found = new ArrayList<>();
    for (Node symbol : examined.symbols()) {
      boolean inAnother = symbol.name().indexOf('.') >= 0;
      if (!inAnother
          && !tested.containsKey(symbol.id())
          && !examined.isNamedByTests(symbol.name())) {
        found.add(
            new Claim(
                Kind.GAP,
                "there and not tested",
                "no test names " + symbol.name() + ", and none is known to call it",
                List.of(examined.id(symbol))));
      }
    }
    return found;
  }

  /** Files with tests that refer to nothing of the tree. */
  List<Claim> ofNothing() {
    Set<String> reaching = new HashSet<>();
    examined.edges().stream()
        .filter(edge -> edge.type() == Edge.Type.TESTS || edge.type() == Edge.Type.CALLS)
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
                "the tests of " + test.path() + " call nothing that is declared here",
                List.of(examined.id(test))))
        .toList();
  }
}
