package dev.capstan.worker;

import dev.capstan.core.plan.Scope;
import dev.capstan.workspace.toolchain.Toolchain;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/** Where a toolchain's reports are found, on our side of the sandbox. */
final class ReportPlaces {
  private static final String INSIDE = Toolchain.REPORTS + "/";

  private final Toolchain toolchain;

  ReportPlaces(Toolchain toolchain) {
    this.toolchain = toolchain;
  }

  List<String> reports() {
    return outside(toolchain.reportGlobs());
  }

  List<String> coverage() {
    return outside(toolchain.coverageGlobs());
  }

  List<String> analysis() {
    return outside(toolchain.analysisGlobs());
  }

  private static List<String> outside(List<String> globs) {
    return globs.stream()
        .map(glob -> glob.startsWith(INSIDE) ? glob.substring(INSIDE.length()) : glob)
        .toList();
  }

  /**
   * Deletes reports that the change brought along: only what this measurement writes counts. What
   * is expected in the reports folder is looked for in the tree too, so it is deleted there as
   * well.
   */
  void clear(Path tree) throws IOException {
    List<String> globs =
        Stream.of(reports(), coverage(), analysis()).flatMap(List::stream).distinct().toList();
    if (globs.isEmpty()) {
      return;
    }
    Scope reports = new Scope(globs);
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (reports.allows(tree.relativize(file).toString())) {
              Files.delete(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
