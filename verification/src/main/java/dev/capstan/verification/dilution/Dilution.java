package dev.capstan.verification.dilution;

import dev.capstan.core.evidence.Violation.Category;
import java.util.List;

/**
 * What a change takes away from the tests.
 *
 * @param weakenings in the order of the files before the change
 * @param moves tests that have another name or place now
 * @param uncompared files of tests that could not be compared: path and reason
 */
public record Dilution(List<Weakening> weakenings, List<Move> moves, List<Uncompared> uncompared) {
  public Dilution {
    weakenings = List.copyOf(weakenings);
    moves = List.copyOf(moves);
    uncompared = List.copyOf(uncompared);
  }

  /**
   * One way in which a test asks for less.
   *
   * @param category {@code TEST_REMOVED}, {@code TEST_SKIPPED} or {@code TEST_WEAKENED}
   * @param test as it was called before the change
   * @param detail "expected ..., found ..."
   */
  public record Weakening(Category category, TestName test, String detail) {}

  /** Not a weakening by itself. */
  public record Move(TestName before, TestName now) {}

  /** A file that says nothing, and why. */
  public record Uncompared(String path, String reason) {}

  /**
   * A file of tests before and with the change.
   *
   * @param before "" if it was not there
   * @param now "" if it is not there
   */
  public record Revision(String path, String before, String now) {}

  /** Compares all at once, so that a test may move between files. The texts are untrusted. */
  public static Dilution of(List<Revision> files) {
    return new DilutionReader().read(files);
  }
}
