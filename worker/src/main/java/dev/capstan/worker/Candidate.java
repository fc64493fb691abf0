package dev.capstan.worker;

import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.core.evidence.Expectations;
import dev.capstan.core.evidence.Gate;
import dev.capstan.core.run.Change;
import dev.capstan.core.run.RunCommand.ReportExecuted;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A change that one of several has made, and what was measured of it.
 *
 * @param number of who made it, from 1
 * @param name who made it
 * @param tree what the repository is with it; equal for equal changes
 */
record Candidate(
    int number,
    String name,
    ReportExecuted made,
    String tree,
    Evidence evidence,
    Expectations expectations) {

  /**
   * The best is first: by the evidence; then by how many others came to the very same; then the
   * smallest change; then the one that was named first.
   */
  static Comparator<Candidate> best(List<Candidate> all) {
    return Comparator.comparingInt(Candidate::gate)
        .thenComparingInt(one -> one.evidence().violations().size())
        .thenComparing(Comparator.<Candidate>comparingLong(one -> one.votes(all)).reversed())
        .thenComparingInt(Candidate::lines)
        .thenComparingInt(Candidate::number);
  }

  private int gate() {
    return switch (Gate.judge(evidence, expectations)) {
      case Gate.Open _ -> 0;
      case Gate.AsksPerson _ -> 1;
      case Gate.Shut _ -> 2;
    };
  }

  private long votes(List<Candidate> all) {
    return all.stream().filter(other -> other.tree.equals(tree)).count();
  }

  private int lines() {
    Change change = made.change();
    return change.linesAdded() + change.linesDeleted();
  }

  /** Who, what the evidence allows, and what it was chosen by. */
  String inWords(List<Candidate> all) {
    String allows =
        switch (Gate.judge(evidence, expectations)) {
          case Gate.Open _ -> "passes";
          case Gate.AsksPerson(var reasons) -> "asks a person: " + String.join("; ", reasons);
          case Gate.Shut(var failed) ->
              "fails "
                  + failed.stream()
                      .map(Check::name)
                      .map(Enum::name)
                      .collect(Collectors.joining(", "));
        };
    return "%d> %s %s; %d violations, %d of %d made the same, %d lines"
        .formatted(
            number, name, allows, evidence.violations().size(), votes(all), all.size(), lines());
  }
}
