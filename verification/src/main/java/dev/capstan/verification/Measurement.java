package dev.capstan.verification;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What one run of a project's build and tests on one commit left behind.
 *
 * @param build how the command ended, as far as the build is concerned
 * @param tests every reported case; ids are unique
 * @param problems test reports that could not be read: file and reason
 * @param coverage per file, or why it is not known
 * @param analysis what static analysis found, or why it is not known
 * @param flaky ids of the cases that both passed and failed when this commit was measured again
 * @param took wall clock of the command, the first time
 */
public record Measurement(
    Build build,
    List<TestCase> tests,
    List<String> problems,
    Coverage coverage,
    Analysis analysis,
    List<String> flaky,
    Duration took) {
  /** Of a commit that was not measured. */
  static final Measurement NOTHING =
      new Measurement(
          new Build.NotRun("not measured"),
          List.of(),
          List.of(),
          new Coverage.NotMeasured("not measured"),
          Duration.ZERO);

  /** One that nothing analysed and that was measured once. */
  public Measurement(
      Build build, List<TestCase> tests, List<String> problems, Coverage coverage, Duration took) {
    this(build, tests, problems, coverage, Analysis.NONE, List.of(), took);
  }

  public Measurement {
    tests = List.copyOf(tests);
    problems = List.copyOf(problems);
    flaky = List.copyOf(flaky);
    if (tests.stream().map(TestCase::id).distinct().count() != tests.size()) {
      throw new IllegalArgumentException("two test cases have the same id");
    }
  }

  /**
   * False if something went wrong that no failing test explains, so that it may not be the code.
   */
  public boolean isExplained() {
    return build instanceof Build.Built(int exitCode, _)
        && (exitCode == 0 || tests.stream().anyMatch(TestCase::fails));
  }

  /** The same, knowing also what came of measuring the same tree once more. */
  public Measurement and(Measurement again) {
    SortedSet<String> unsteady = new TreeSet<>(flaky);
    unsteady.addAll(unsteady(again));
    return new Measurement(build, tests, problems, coverage, analysis, List.copyOf(unsteady), took);
  }

  /** The same with those cases only that the other has too. */
  Measurement only(Measurement other) {
    Set<String> ids = other.tests.stream().map(TestCase::id).collect(Collectors.toSet());
    return new Measurement(
        build,
        tests.stream().filter(test -> ids.contains(test.id())).toList(),
        problems,
        coverage,
        analysis,
        flaky.stream().filter(ids::contains).toList(),
        took);
  }

  /** The same where coverage and analysis, not being of the whole, say nothing. */
  public Measurement ofTestsAlone(String reason) {
    return new Measurement(
        build,
        tests,
        problems,
        new Coverage.NotMeasured(reason),
        new Analysis.NotMeasured(reason),
        flaky,
        took);
  }

  /** How long the cases took, as they say themselves; zero if none does. */
  public Duration testTime() {
    return tests.stream().map(TestCase::took).reduce(Duration.ZERO, Duration::plus);
  }

  /** The ids of the cases that passed in one of the two and failed in the other. */
  Set<String> unsteady(Measurement again) {
    Map<String, TestCase> others =
        again.tests.stream().collect(Collectors.toMap(TestCase::id, Function.identity()));
    return tests.stream()
        .filter(
            test -> Optional.ofNullable(others.get(test.id())).filter(test::differs).isPresent())
        .map(TestCase::id)
        .collect(Collectors.toSet());
  }

  /** How the command ended. */
  public sealed interface Build {
    /**
     * The build worked; a code other than 0 may come from failing tests.
     *
     * @param errors the first lines that say why, where no failing test does
     */
    record Built(int exitCode, List<String> errors) implements Build {
      public Built {
        errors = List.copyOf(errors);
      }

      /** One that says nothing more. */
      public Built(int exitCode) {
        this(exitCode, List.of());
      }
    }

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

    /** The missed lines, such as {@code 3,7-9}. */
    public String missed() {
      return LineRanges.write(missedLines);
    }
  }

  /** What static analysis and lint found. */
  public sealed interface Analysis {
    Analysis NONE = new NotMeasured("no report of static analysis was found");

    record Measured(List<Issue> issues) implements Analysis {
      public Measured {
        issues = List.copyOf(issues);
      }
    }

    record NotMeasured(String reason) implements Analysis {}
  }

  /**
   * One issue that a tool found.
   *
   * @param path relative to the repository's root where the file was found there, else as reported
   * @param line from 1; 0 if it is about the whole file
   * @param error false for what the tool itself calls a warning or less
   * @param type the tool's name for this kind of issue
   */
  public record Issue(String path, int line, boolean error, String type, String message) {}

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

    /** True if one of the two passed and the other failed. */
    boolean differs(TestCase other) {
      return (status == Status.PASSED && other.fails())
          || (fails() && other.status == Status.PASSED);
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

  /** True if it was built and every case passed that was executed, and there was one. */
  public boolean isGreen() {
    return build instanceof Build.Built && problems.isEmpty() && executed() > 0 && !anyFails();
  }

  boolean anyFails() {
    return tests.stream().anyMatch(TestCase::fails);
  }

  private String unreadable() {
    return Sentences.many(problems.size(), "unreadable report");
  }
}
