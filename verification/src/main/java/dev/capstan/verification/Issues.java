package dev.capstan.verification;

import dev.capstan.verification.Measurement.Analysis;
import dev.capstan.verification.Measurement.Issue;
import dev.capstan.verification.report.AnalysisReports;
import dev.capstan.verification.report.ReportFiles;
import dev.capstan.verification.report.ReportedIssue;
import dev.capstan.verification.report.UnreadableReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All reports of static analysis together. */
final class Issues {
  private static final int MOST = 50_000;

  private Issues() {}

  /** One broken report makes the whole unknown: what it lacks would look like a change. */
  static Analysis read(List<String> globs, Folders folders) {
    List<Issue> issues = new ArrayList<>();
    try {
      List<Path> reports = folders.find(globs);
      if (reports.isEmpty()) {
        return Analysis.NONE;
      }
      for (Path report : reports) {
        if (issues.size() > MOST) {
          return new Analysis.NotMeasured("more than " + MOST + " issues were reported");
        }
        try {
          add(report, folders, issues);
        } catch (UnreadableReport e) {
          return new Analysis.NotMeasured(folders.name(report) + ": " + e.getMessage());
        }
      }
    } catch (UnreadableReport e) {
      return new Analysis.NotMeasured("the reports of static analysis: " + e.getMessage());
    }
    return new Analysis.Measured(issues);
  }

  private static void add(Path report, Folders folders, List<Issue> issues)
      throws UnreadableReport {
    for (ReportedIssue issue : AnalysisReports.read(ReportFiles.read(report))) {
      issues.add(
          new Issue(
              folders.place(issue.path(), report),
              issue.line(),
              issue.error(),
              issue.type(),
              folders.withoutPaths(issue.message())));
    }
  }
}
