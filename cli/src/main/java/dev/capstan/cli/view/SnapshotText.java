package dev.capstan.cli.view;

import dev.capstan.api.SnapshotComparison;
import dev.capstan.api.SnapshotComparison.CaseChange;
import dev.capstan.api.SnapshotComparison.CoverageChange;
import dev.capstan.api.SnapshotView;
import dev.capstan.api.SnapshotView.CoverageView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Snapshots as text for a terminal. */
public final class SnapshotText {
  private SnapshotText() {}

  public static List<String> lines(SnapshotView view) {
    List<String> lines = new ArrayList<>();
    lines.add(view.snapshot().id() + "  " + Terminal.visible(view.snapshot().summary()));
    lines.add(
        String.format(
            Locale.ROOT,
            "%d tests, %.1f %% of the executed ones passed",
            view.counts().tests(),
            100 * view.counts().successRate()));
    view.problems().forEach(problem -> lines.add("unreadable: " + Terminal.visible(problem)));
    Table cases = new Table("STATUS", "CASE");
    view.cases().stream()
        .filter(test -> !test.status().equals("passed"))
        .forEach(test -> cases.row(test.status(), test.id()));
    addIfAny(lines, cases);
    if (!view.coverage().notMeasured().isEmpty()) {
      lines.add("coverage: not measured: " + Terminal.visible(view.coverage().notMeasured()));
    } else {
      addIfAny(lines, files(view.coverage()));
    }
    return lines;
  }

  private static Table files(CoverageView coverage) {
    Table files = new Table("FILE", "LINES", "BRANCHES");
    coverage
        .files()
        .forEach(file ->
            files.row(
                file.path(),
                share(file.linesCovered(), file.lines()),
                share(file.branchesCovered(), file.branches())));
    files.row(
        "all",
        share(coverage.linesCovered(), coverage.lines()),
        share(coverage.branchesCovered(), coverage.branches()));
    return files;
  }

  public static List<String> lines(SnapshotComparison comparison) {
    List<String> lines = new ArrayList<>();
    lines.add(comparison.from().id() + " → " + comparison.to().id());
    if (!comparison.notComparable().isEmpty()) {
      lines.add("not comparable: " + comparison.notComparable());
    }
    Table cases = new Table("BEFORE", "AFTER", "CASE");
    for (CaseChange change : comparison.cases()) {
      cases.row(orNone(change.before()), orNone(change.after()), change.id());
    }
    addIfAny(lines, cases);
    Table files = new Table("FILE", "LINES BEFORE", "LINES AFTER");
    for (CoverageChange change : comparison.coverage()) {
      files.row(
          change.path(),
          share(change.coveredBefore(), change.linesBefore()),
          share(change.coveredAfter(), change.linesAfter()));
    }
    addIfAny(lines, files);
    if (comparison.cases().isEmpty() && comparison.coverage().isEmpty()) {
      lines.add("no case ended otherwise and no coverage differs");
    }
    return lines;
  }

  /** Without what could move the cursor; JSON and CSV stay what they are. */
  public static List<String> exported(String text) {
    return text.lines().map(Terminal::visible).toList();
  }

  private static void addIfAny(List<String> lines, Table table) {
    List<String> rows = table.lines();
    if (rows.size() > 1) {
      lines.add("");
      lines.addAll(rows);
    }
  }

  private static String orNone(String status) {
    return status.isEmpty() ? "none" : status;
  }

  private static String share(long covered, long all) {
    return all == 0
        ? "none"
        : String.format(Locale.ROOT, "%d of %d, %.1f %%", covered, all, 100.0 * covered / all);
  }
}
