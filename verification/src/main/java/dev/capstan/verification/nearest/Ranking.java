package dev.capstan.verification.nearest;

import java.util.List;

/** The test files of a tree, those nearest to a change first. */
public sealed interface Ranking {
  /**
   * What was found.
   *
   * @param near the tests that the change can be told to reach, nearest first
   * @param far all others, by path
   */
  record Ranked(List<Near> near, List<String> far) implements Ranking {
    public Ranked {
      near = List.copyOf(near);
      far = List.copyOf(far);
    }

    /** How many test files there are. */
    public int all() {
      return near.size() + far.size();
    }
  }

  /** The tree is beyond what is looked at. */
  record TooLarge(String reason) implements Ranking {}

  /**
   * A test file that may see the change.
   *
   * @param reason such as "changed itself" or "2 uses away"
   */
  record Near(String path, String reason) {}
}
