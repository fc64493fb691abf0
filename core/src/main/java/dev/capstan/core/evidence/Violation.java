package dev.capstan.core.evidence;

import java.util.Set;

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
    COMPILE_ERROR(CheckName.BUILD),
    TEST_FAILED(CheckName.TESTS),
    TEST_REMOVED(CheckName.TESTS, CheckName.JUDGE),
    TEST_SKIPPED(CheckName.TESTS, CheckName.JUDGE),
    /** Fewer or weaker assertions, a wider tolerance, a caught exception, a mocked unit. */
    TEST_WEAKENED(CheckName.TESTS, CheckName.JUDGE),
    /** Tests, CI, build, lint or coverage settings changed without the plan saying so. */
    JUDGE_CHANGED(CheckName.JUDGE),
    /** A report that the tool which should write it did not write. */
    REPORT_FORGED(CheckName.BUILD, CheckName.TESTS, CheckName.JUDGE, CheckName.COVERAGE),
    FLAKY_TEST(CheckName.TESTS),
    /** A new test that passes without the change as well. */
    TEST_SHOWS_NOTHING(CheckName.NEW_TESTS),
    UNEXPECTED_FILE(CheckName.SCOPE),
    /** Policy lets nobody change it. */
    PROTECTED_FILE(CheckName.SCOPE, CheckName.JUDGE),
    BINARY_FILE(CheckName.SCOPE),
    COVERAGE_DROP(CheckName.COVERAGE),
    UNCOVERED_LINES(CheckName.CHANGED_LINES),
    MUTANT_SURVIVED(CheckName.MUTATION),
    LINT(CheckName.ANALYSIS),
    SECRET(CheckName.SECRETS),
    DEPENDENCY(CheckName.DEPENDENCIES),
    LICENCE(CheckName.DEPENDENCIES),
    HISTORY_REWRITTEN(CheckName.SCOPE),
    /** What a reviewer objects to, at a place of the change. */
    OBJECTION(CheckName.REVIEW),
    /** Text of the change that tells a reviewer what to say. */
    REVIEWER_ADDRESSED(CheckName.REVIEW),
    /** A reviewer's word that the evidence does not bear out. */
    REVIEW_CONTRADICTED(CheckName.REVIEW),
    /** What the engine says of its work is not what was measured. */
    CLAIM_CONTRADICTED(CheckName.CLAIMS),
    CONFLICT,
    /** The engine got nowhere by itself and was stopped. */
    STUCK,
    TIME_OUT(CheckName.BUILD, CheckName.TESTS),
    /** More than was allowed, of files, lines, memory or disk. */
    LIMIT(CheckName.BUILD, CheckName.TESTS, CheckName.SCOPE);

    @SuppressWarnings("ImmutableEnumChecker") // Set.of never changes
    private final Set<CheckName> checks;

    Category(CheckName... checks) {
      this.checks = Set.of(checks);
    }

    /** The checks that may find such a breach. */
    public Set<CheckName> checks() {
      return checks;
    }
  }
}
