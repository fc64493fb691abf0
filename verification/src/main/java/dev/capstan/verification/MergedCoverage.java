package dev.capstan.verification;

import dev.capstan.verification.Measurement.Coverage;
import dev.capstan.verification.Measurement.FileCoverage;
import dev.capstan.verification.report.CoverageReports;
import dev.capstan.verification.report.CoveredFile;
import dev.capstan.verification.report.ReportFiles;
import dev.capstan.verification.report.UnreadableReport;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** All coverage reports together, each source file once. */
final class MergedCoverage {
  private final Folders folders;
  private final SortedMap<String, CoveredFile> files = new TreeMap<>();

  private MergedCoverage(Folders folders) {
    this.folders = folders;
  }

  /** One broken report makes the whole unknown: what it lacks would look like a change. */
  static Coverage read(List<String> globs, Folders folders) {
    MergedCoverage merged = new MergedCoverage(folders);
    try {
      List<Path> reports = folders.find(globs);
      if (reports.isEmpty()) {
        return new Coverage.NotMeasured("no coverage report was found");
      }
      for (Path report : reports) {
        try {
          merged.add(report);
        } catch (UnreadableReport e) {
          return new Coverage.NotMeasured(folders.name(report) + ": " + e.getMessage());
        }
      }
    } catch (UnreadableReport e) {
      return new Coverage.NotMeasured("the coverage reports: " + e.getMessage());
    }
    return new Coverage.Measured(merged.coverage());
  }

  private void add(Path report) throws UnreadableReport {
    for (CoveredFile file : CoverageReports.read(ReportFiles.read(report))) {
      files.merge(folders.place(file.path(), report), file, CoveredFile::and);
    }
  }

  private List<FileCoverage> coverage() {
    return files.entrySet().stream().map(file -> coverage(file.getKey(), file.getValue())).toList();
  }

  private static FileCoverage coverage(String path, CoveredFile file) {
    return new FileCoverage(
        path,
        file.covered().size(),
        file.missed().size(),
        file.branchesCovered(),
        file.branches() - file.branchesCovered(),
        sorted(file.missed()),
        sorted(file.covered()));
  }

  private static List<Integer> sorted(Collection<Integer> lines) {
    return lines.stream().sorted().toList();
  }
}
