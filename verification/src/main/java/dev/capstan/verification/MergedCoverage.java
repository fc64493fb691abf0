package dev.capstan.verification;

import dev.capstan.verification.Measurement.Coverage;
import dev.capstan.verification.Measurement.FileCoverage;
import dev.capstan.verification.report.CoverageReports;
import dev.capstan.verification.report.CoveredFile;
import dev.capstan.verification.report.ReportFiles;
import dev.capstan.verification.report.UnreadableReport;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** All coverage reports together, each source file once. */
final class MergedCoverage {
  /** Where reports that name a file by its package have it, below the module. */
  private static final List<String> SOURCE_FOLDERS =
      List.of("", "src/main/java", "src/main/kotlin", "src", "lib", "app");

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
      files.merge(place(file.path(), report), file, CoveredFile::and);
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

  /** The path in the repository, looked for from the report's folder upwards; else as reported. */
  private String place(String reported, Path report) {
    String path = folders.withoutPaths(reported);
    try {
      for (Path folder = report.getParent();
          folder != null && folder.startsWith(folders.workTree());
          folder = folder.getParent()) {
        for (String sources : SOURCE_FOLDERS) {
          Path candidate = folder.resolve(sources).resolve(path).normalize();
          if (folders.has(candidate)) {
            return folders.name(candidate);
          }
        }
      }
      return path.endsWith(".go") ? importedPath(path) : path;
    } catch (InvalidPathException _) {
      // No file has this name, so it stays as reported.
    }
    return path;
  }

  /** Go names a file by its module and its path within; the longest end that is a file is it. */
  private String importedPath(String path) {
    for (int cut = 0; cut >= 0; cut = path.indexOf('/', cut + 1)) {
      String end = cut == 0 ? path : path.substring(cut + 1);
      if (folders.has(folders.workTree().resolve(end).normalize())) {
        return end;
      }
    }
    return path;
  }
}
