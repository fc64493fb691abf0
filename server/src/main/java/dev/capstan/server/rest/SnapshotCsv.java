package dev.capstan.server.rest;

import dev.capstan.api.SnapshotView;
import dev.capstan.api.SnapshotView.CaseView;
import dev.capstan.api.SnapshotView.FileView;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A snapshot as a table by RFC 4180. Names come from the repository: one that a spreadsheet would
 * take for a formula is led by an apostrophe.
 */
final class SnapshotCsv {
  private static final String HEAD =
      "kind,name,status,took_millis,lines_covered,lines,branches_covered,branches";
  private static final String FORMULA = "=+-@\t\r";

  private SnapshotCsv() {}

  static String of(SnapshotView snapshot) {
    return Stream.concat(
            Stream.of(HEAD),
            Stream.concat(
                snapshot.cases().stream().map(SnapshotCsv::row),
                snapshot.coverage().files().stream().map(SnapshotCsv::row)))
        .collect(Collectors.joining("\r\n", "", "\r\n"));
  }

  private static String row(CaseView test) {
    return "case," + cell(test.id()) + "," + test.status() + "," + test.tookMillis() + ",,,,";
  }

  private static String row(FileView file) {
    return "file,%s,,,%d,%d,%d,%d"
        .formatted(
            cell(file.path()),
            file.linesCovered(),
            file.lines(),
            file.branchesCovered(),
            file.branches());
  }

  private static String cell(String text) {
    boolean formula = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
    return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
  }
}
