package dev.capstan.server.rest;

import dev.capstan.api.SnapshotComparison;
import dev.capstan.api.SnapshotComparison.CaseChange;
import dev.capstan.api.SnapshotComparison.CoverageChange;
import dev.capstan.api.SnapshotView;
import dev.capstan.api.SnapshotView.CaseView;
import dev.capstan.api.SnapshotView.FileView;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What two snapshots differ in, for readers; no gate is decided by it. */
final class SnapshotDifference {
  private SnapshotDifference() {}

  static SnapshotComparison between(SnapshotView from, SnapshotView to) {
    return new SnapshotComparison(
        from.snapshot(), to.snapshot(), against(from, to), cases(from, to), coverage(from, to));
  }

  private static String against(SnapshotView from, SnapshotView to) {
    if (!from.snapshot().recipe().equals(to.snapshot().recipe())) {
      return "they were measured by different commands";
    }
    if (!from.build().equals("built") || !to.build().equals("built")) {
      return "not both of them were built";
    }
    return "";
  }

  private static List<CaseChange> cases(SnapshotView from, SnapshotView to) {
    Map<String, String> before = statuses(from);
    Map<String, String> after = statuses(to);
    return union(before, after).stream()
        .map(id -> new CaseChange(id, before.getOrDefault(id, ""), after.getOrDefault(id, "")))
        .filter(change -> !change.before().equals(change.after()))
        .toList();
  }

  private static Map<String, String> statuses(SnapshotView snapshot) {
    return snapshot.cases().stream().collect(Collectors.toMap(CaseView::id, CaseView::status));
  }

  private static List<CoverageChange> coverage(SnapshotView from, SnapshotView to) {
    Map<String, FileView> before = files(from);
    Map<String, FileView> after = files(to);
    return union(before, after).stream()
        .map(path -> change(path, before, after))
        .filter(change ->
            change.coveredBefore() != change.coveredAfter()
                || change.linesBefore() != change.linesAfter())
        .toList();
  }

  private static CoverageChange change(
      String path, Map<String, FileView> before, Map<String, FileView> after) {
    FileView none = new FileView(path, 0, 0, 0, 0);
    FileView old = before.getOrDefault(path, none);
    FileView now = after.getOrDefault(path, none);
    return new CoverageChange(
        path, old.linesCovered(), old.lines(), now.linesCovered(), now.lines());
  }

  private static Map<String, FileView> files(SnapshotView snapshot) {
    return snapshot.coverage().files().stream()
        .collect(Collectors.toMap(FileView::path, Function.identity()));
  }

  private static SortedSet<String> union(Map<String, ?> one, Map<String, ?> other) {
    SortedSet<String> all = new TreeSet<>(one.keySet());
    all.addAll(other.keySet());
    return all;
  }
}
