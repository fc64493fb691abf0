package dev.capstan.verification;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * What one run of a project's build and tests on one commit left behind.
 *
 * @param build how the command ended, as far as the build is concerned
 * @param tests every reported case; ids are unique
 * @param problems test reports that could not be read: file and reason
 * @param coverage per file, or why it is not known
 * @param took wall clock of the command
 */
public record Measurement(
    Build build, List<TestCase> tests, List<String> problems, Coverage coverage, Duration took) {
  public Measurement {
    tests = List.copyOf(tests);
    problems = List.copyOf(problems);
    if (tests.stream().map(TestCase::id).distinct().count() != tests.size()) {
      throw new IllegalArgumentException("two test cases have the same id");
    }
  }

  /** How the command ended. */
  public sealed interface Build {
    /** The build worked; a code other than 0 may come from failing tests. */
    record Built(int exitCode) implements Build {}

    /**
     * The build did not work.
     *
     * @param errors the first compiler errors, each {@code file:line: message} where a place is
     *     known
     */
    record Broken(String reason, List<String> errors) implements Build {
      public Broken {
        errors = List.copyOf(errors);
      }
    }

    /** The command was never started. */
    record NotRun(String reason) implements Build {}

    /** The command was stopped after {@code limit}. */
    record TimedOut(Duration limit) implements Build {}
  }

  /** Line and branch coverage. */
  public sealed interface Coverage {
    record Measured(List<FileCoverage> files) implements Coverage {
      public Measured {
        files = List.copyOf(files);
      }

      long linesCovered() {
        return files.stream().mapToLong(FileCoverage::linesCovered).sum();
      }

      long lines() {
        return linesCovered() + files.stream().mapToLong(FileCoverage::linesMissed).sum();
      }
    }

    record NotMeasured(String reason) implements Coverage {}
  }

  /**
   * Coverage of one source file.
   *
   * @param path relative to the repository's root where the file was found there, else as reported
   * @param missedLines numbers from 1, ascending
   * @param coveredLines numbers from 1, ascending; a line partly covered is covered
   */
  public record FileCoverage(
      String path,
      int linesCovered,
      int linesMissed,
      int branchesCovered,
      int branchesMissed,
      List<Integer> missedLines,
      List<Integer> coveredLines) {
    public FileCoverage {
      missedLines = List.copyOf(missedLines);
      coveredLines = List.copyOf(coveredLines);
    }
  }

  /**
   * One reported case.
   *
   * @param id class or suites and the name; a repeated one ends in {@code #2}, {@code #3}, ...
   * @param message why it did not pass, at most some 2,000 characters; else empty
   */
  public record TestCase(String id, Status status, String message, Duration took) {
    boolean fails() {
      return status == Status.FAILED || status == Status.ERROR;
    }

    boolean executed() {
      return status != Status.SKIPPED;
    }
  }

  /** How a case ended. */
  public enum Status {
    PASSED,
    FAILED,
    ERROR,
    SKIPPED
  }

  /** One sentence, such as "built; 42 tests: 41 passed, 1 failed; line coverage 81.3 %". */
  public String summary() {
    return String.join("; ", Sentences.build(build), counts(), Sentences.coverage(coverage));
  }

  /** The figures of the cases, such as "42 tests: 41 passed, 1 failed". */
  String counts() {
    if (tests.isEmpty()) {
      return problems.isEmpty() ? "no tests" : unreadable();
    }
    StringJoiner text = new StringJoiner(", ");
    for (Status status : Status.values()) {
      long count = count(status);
      if (count > 0) {
        text.add(
            count
                + " "
                + (status == Status.ERROR ? "in error" : status.name().toLowerCase(Locale.ROOT)));
      }
    }
    String all = Sentences.many(tests.size(), "test") + ": " + text;
    return problems.isEmpty() ? all : all + ", " + unreadable();
  }

  long count(Status status) {
    return tests.stream().filter(test -> test.status() == status).count();
  }

  long executed() {
    return tests.stream().filter(TestCase::executed).count();
  }

  boolean anyFails() {
    return tests.stream().anyMatch(TestCase::fails);
  }

  private String unreadable() {
    return Sentences.many(problems.size(), "unreadable report");
  }
}
