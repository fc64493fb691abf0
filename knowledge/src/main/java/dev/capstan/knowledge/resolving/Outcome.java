package dev.capstan.knowledge.resolving;

import java.util.List;

/** What is known of the far end of a link. */
public sealed interface Outcome {
  /** So many candidates are kept of those that there are. */
  int MOST_KEPT = 10;

  /**
   * It is this.
   *
   * @param confidence from 0 to 1
   */
  record Resolved(Target target, String strategy, double confidence) implements Outcome {}

  /** It is one of these, or, where only the name is known, something outside. */
  record Ambiguous(int count, List<Target> candidates, String strategy) implements Outcome {
    public Ambiguous {
      candidates = List.copyOf(candidates);
    }
  }

  /** It is declared in no file of the tree. */
  record External(String strategy) implements Outcome {}

  /** It should be here and was not found. */
  record Unresolved(String why) implements Outcome {}

  static Outcome of(List<Target> found, String strategy, double confidence) {
    return found.size() == 1
        ? new Resolved(found.getFirst(), strategy, confidence)
        : ambiguous(found, strategy);
  }

  static Outcome ambiguous(List<Target> found, String strategy) {
    return new Ambiguous(found.size(), found.stream().sorted().limit(MOST_KEPT).toList(), strategy);
  }
}
