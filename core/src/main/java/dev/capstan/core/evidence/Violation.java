package dev.capstan.core.evidence;

/**
 * How a step did not keep what it had to keep true.
 *
 * @param category what kind of breach
 * @param subject the file, test case or check it is about
 * @param detail one or two sentences: expected, found
 */
public record Violation(Category category, String subject, String detail) {
  /** The kinds of breach. */
  public enum Category {
    COMPILE_ERROR,
    TEST_FAILED,
    TEST_REMOVED,
    TEST_SKIPPED,
    UNEXPECTED_FILE,
    COVERAGE_DROP,
    CONFLICT,
    TIME_OUT,
    LIMIT
  }
}
