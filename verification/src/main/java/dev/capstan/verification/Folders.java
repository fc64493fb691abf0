package dev.capstan.verification;

import dev.capstan.verification.report.ReportFiles;
import dev.capstan.verification.report.UnreadableReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The folders a command worked in and wrote to, by which paths become comparable. */
final class Folders {
  /** Where reports that name a file by its package have it, below the module. */
  private static final List<String> SOURCE_FOLDERS =
      List.of("", "src/main/java", "src/main/kotlin", "src/test/java", "src", "lib", "app");

  private final Path workTree;
  private final Path reports;
  private final Pattern ownPlace;

  Folders(Path workTree, Path reports) {
    this.workTree = real(workTree);
    this.reports = real(reports);
    this.ownPlace =
        Pattern.compile(
            "(?:file://)?(?:%s|%s)(?:/|(?![\\w.-]))"
                .formatted(
                    Pattern.quote(this.workTree.toString()),
                    Pattern.quote(workTree.toAbsolutePath().normalize().toString())));
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException _) {
      // It is not there, so nothing will be found in it.
      return folder.toAbsolutePath().normalize();
    }
  }

  Path workTree() {
    return workTree;
  }

  /** Those of the work tree first, each folder's in the order of their names. */
  List<Path> find(List<String> globs) throws UnreadableReport {
    Map<Path, Path> found = new LinkedHashMap<>();
    ReportFiles.find(workTree, globs).forEach(file -> found.put(file, file));
    ReportFiles.find(reports, globs).forEach(file -> found.put(file, file));
    return List.copyOf(found.keySet());
  }

  /** A file's name for a reader: relative to its folder. */
  String name(Path file) {
    Path folder = file.startsWith(workTree) ? workTree : reports;
    return folder.relativize(file).toString();
  }

  /** The text without this clone's own place, so that it is the same in another clone. */
  String withoutPaths(String text) {
    return ownPlace.matcher(text).replaceAll("");
  }

  /** The path in the repository, looked for from the report's folder upwards; else as reported. */
  String place(String reported, Path report) {
    String path = withoutPaths(reported);
    try {
      for (Path folder = report.getParent();
          folder != null && folder.startsWith(workTree);
          folder = folder.getParent()) {
        for (String sources : SOURCE_FOLDERS) {
          Path candidate = folder.resolve(sources).resolve(path).normalize();
          if (has(candidate)) {
            return name(candidate);
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
      if (has(workTree.resolve(end).normalize())) {
        return end;
      }
    }
    return path;
  }

  private boolean has(Path inWorkTree) {
    return inWorkTree.startsWith(workTree) && Files.isRegularFile(inWorkTree);
  }
}
