package dev.capstan.cli.command;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;

/** What differs between two texts, as people read it. */
final class Difference {
  private static final int CONTEXT = 2;

  private Difference() {}

  /** A unified diff; empty if they are the same. */
  static List<String> of(List<String> expected, List<String> actual) {
    return UnifiedDiffUtils.generateUnifiedDiff(
        "expected", "actual", expected, DiffUtils.diff(expected, actual), CONTEXT);
  }
}
