package dev.capstan.knowledge.analysis;

import dev.capstan.knowledge.FileRecord;
import dev.capstan.knowledge.analysis.Findings.Basis;
import dev.capstan.knowledge.graph.CodeGraph;
import dev.capstan.knowledge.graph.Edge;
import dev.capstan.knowledge.graph.Edge.State;
import dev.capstan.knowledge.index.ProjectIndex;
import dev.capstan.knowledge.index.View;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at a part of a tree by rules, without a model: what is documented and is not there, what is
 * there and not tested, tests of nothing, circles, what much depends on, and what is not known.
 */
public final class Analysis {
  private static final int MOST_OF_A_RULE = 25;

  private final Examined examined;
  private final List<Claim> claims = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();

  private Analysis(Examined examined) {
    this.examined = examined;
  }

  /**
   * What is found by rules.
   *
   * @param graph of that view
   */
  public static Findings of(ProjectIndex index, View view, CodeGraph graph, Subject subject) {
    return new Analysis(new Examined(index, view, graph, subject)).findings(subject.text());
  }

  private Findings findings(String subject) {
    DocumentRules documents = new DocumentRules(examined);
    TestRules tests = new TestRules(examined);
    RiskRules risks = new RiskRules(examined);
    add(documents.agreements());
    add(documents.missing());
    add(tests.untested());
    add(tests.ofNothing());
    add(new Circles(examined).claims());
    add(risks.oftenChanged());
    add(risks.manyCallers());
    add(risks.notKnown());
    return Findings.byRules(subject, basis(), claims, leftOut);
  }

  private void add(List<Claim> found) {
    found.stream().limit(MOST_OF_A_RULE).forEach(claims::add);
    if (found.size() > MOST_OF_A_RULE) {
      leftOut.add(
          "%d more by the rule \"%s\""
              .formatted(found.size() - MOST_OF_A_RULE, found.getFirst().rule()));
    }
  }

  private Basis basis() {
    View view = examined.view();
    List<FileRecord> files =
        view.files().stream().filter(file -> examined.isOf(file.path())).toList();
    List<Edge> calls = examined.edges().stream().filter(this::isCallOfSubject).toList();
    return new Basis(
        view.name(),
        view.commit(),
        files.size(),
        (int) files.stream().filter(file -> file.state().isFindable()).count(),
        calls.size(),
        (int) calls.stream().filter(edge -> edge.state() == State.RESOLVED).count());
  }

  private boolean isCallOfSubject(Edge edge) {
    return (edge.type() == Edge.Type.CALLS || edge.type() == Edge.Type.TESTS)
        && examined.isOf(edge.path());
  }
}
