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
    /** Fewer or weaker assertions, a wider tolerance, a caught exception, a mocked unit. */
    TEST_WEAKENED,
    /** Tests, CI, build, lint or coverage settings changed without the plan saying so. */
    JUDGE_CHANGED,
    /** A report that the tool which should write it did not write. */
    REPORT_FORGED,
    FLAKY_TEST,
    UNEXPECTED_FILE,
    /** Policy lets nobody change it. */
    PROTECTED_FILE,
    BINARY_FILE,
    COVERAGE_DROP,
    UNCOVERED_LINES,
    MUTANT_SURVIVED,
    LINT,
    SECRET,
    DEPENDENCY,
    LICENCE,
    HISTORY_REWRITTEN,
    CONFLICT,
    TIME_OUT,
    LIMIT
  }
}
