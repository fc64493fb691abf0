package dev.capstan.verification;

import dev.capstan.verification.Measurement.Analysis;
import dev.capstan.verification.Measurement.Build;
import dev.capstan.verification.Measurement.Coverage;
import dev.capstan.verification.Measurement.TestCase;
import dev.capstan.verification.report.BuildErrors;
import dev.capstan.verification.report.CompilerErrors;
import dev.capstan.verification.report.ReportFiles;
import dev.capstan.verification.report.ReportedCase;
import dev.capstan.verification.report.TestReports;
import dev.capstan.verification.report.UnreadableReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Turns what a build and test command left behind into a measurement. */
public final class Reports {
  private Reports() {}

  /**
   * What became of a command.
   *
   * @param ending how it ended
   * @param took wall clock
   * @param lastLines the end of its output, standard output and error together
   */
  public record CommandResult(Ending ending, Duration took, List<String> lastLines) {
    public CommandResult {
      lastLines = List.copyOf(lastLines);
    }

    /** How a command ended. */
    public sealed interface Ending {
      record Ended(int exitCode) implements Ending {}

      record TimedOut(Duration limit) implements Ending {}

      record NotStarted(String reason) implements Ending {}
    }
  }

  /**
   * Reads all reports. A report that was there before the command started counts as well: remove
   * what matches the globs before.
   *
   * @param workTree the folder the command worked in; its path is taken out of names and messages
   * @param reportsFolder another folder the command may have written to; it may be missing
   * @param reportGlobs of the test reports, relative to either folder
   * @param coverageGlobs of the coverage reports, relative to either folder
   * @param analysisGlobs of the reports of static analysis and lint, relative to either folder
   */
  public static Measurement measure(
      CommandResult result,
      Path workTree,
      Path reportsFolder,
      List<String> reportGlobs,
      List<String> coverageGlobs,
      List<String> analysisGlobs) {
    Folders folders = new Folders(workTree, reportsFolder);
    List<String> problems = new ArrayList<>();
    List<TestCase> tests = Cases.named(cases(folders, reportGlobs, problems), folders);
    Build build = build(result, tests, problems, folders);
    Coverage coverage = MergedCoverage.read(coverageGlobs, folders);
    Analysis analysis = Issues.read(analysisGlobs, folders);
    return new Measurement(build, tests, problems, coverage, analysis, List.of(), result.took());
  }

  /** The same where nothing was analysed. */
  public static Measurement measure(
      CommandResult result,
      Path workTree,
      Path reportsFolder,
      List<String> reportGlobs,
      List<String> coverageGlobs) {
    return measure(result, workTree, reportsFolder, reportGlobs, coverageGlobs, List.of());
  }

  private static List<ReportedCase> cases(
      Folders folders, List<String> globs, List<String> problems) {
    List<ReportedCase> cases = new ArrayList<>();
    try {
      for (Path file : folders.find(globs)) {
        try {
          cases.addAll(TestReports.read(ReportFiles.read(file)));
        } catch (UnreadableReport e) {
          problems.add(folders.name(file) + ": " + e.getMessage());
        }
      }
    } catch (UnreadableReport e) {
      problems.add("the reports: " + e.getMessage());
    }
    return cases;
  }

  private static Build build(
      CommandResult result, List<TestCase> tests, List<String> problems, Folders folders) {
    return switch (result.ending()) {
      case CommandResult.Ending.NotStarted(String reason) -> new Build.NotRun(reason);
      case CommandResult.Ending.TimedOut(Duration limit) -> new Build.TimedOut(limit);
      case CommandResult.Ending.Ended(int code) when code == 0 -> new Build.Built(0);
      case CommandResult.Ending.Ended(int code) -> failed(code, result, tests, problems, folders);
    };
  }

  /** Compilers' complaints may also be the output of tests, so some word on the build is needed. */
  private static Build failed(
      int code,
      CommandResult result,
      List<TestCase> tests,
      List<String> problems,
      Folders folders) {
    boolean noReport = tests.isEmpty() && problems.isEmpty();
    List<String> lines = result.lastLines().stream().map(folders::withoutPaths).toList();
    List<String> errors = CompilerErrors.in(lines);
    if (CompilerErrors.stopTheBuild(lines) || (noReport && !errors.isEmpty())) {
      return new Build.Broken("compilation failed, exit code " + code, errors);
    }
    return noReport
        ? new Build.Broken("exit code " + code + " and no test was reported", List.of())
        : new Build.Built(
            code, tests.stream().anyMatch(TestCase::fails) ? List.of() : BuildErrors.in(lines));
  }
}
