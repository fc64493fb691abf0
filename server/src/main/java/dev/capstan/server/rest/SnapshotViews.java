package dev.capstan.server.rest;

import dev.capstan.api.SnapshotSummary;
import dev.capstan.api.SnapshotView;
import dev.capstan.api.SnapshotView.CaseView;
import dev.capstan.api.SnapshotView.CountsView;
import dev.capstan.api.SnapshotView.CoverageView;
import dev.capstan.api.SnapshotView.FileView;
import dev.capstan.control.records.Baselines.Known;
import dev.capstan.verification.Measurement;
import dev.capstan.verification.Measurement.Build;
import dev.capstan.verification.Measurement.Coverage;
import dev.capstan.verification.Measurement.FileCoverage;
import dev.capstan.verification.Measurement.Status;
import java.util.List;
import java.util.Locale;

/** Measurements as the API shows them. */
final class SnapshotViews {
  private static final int COMMIT_DIGITS = 12;
  private static final int RECIPE_DIGITS = 6;

  private SnapshotViews() {}

  static String id(Known known) {
    return shortened(known.commit().value(), COMMIT_DIGITS)
        + "-"
        + shortened(known.baseline().recipe(), RECIPE_DIGITS);
  }

  private static String shortened(String text, int length) {
    return text.substring(0, Math.min(length, text.length()));
  }

  static SnapshotSummary summary(Known known) {
    return new SnapshotSummary(
        id(known),
        known.commit().value(),
        known.baseline().recipe(),
        known.measuredAt(),
        known.baseline().summary());
  }

  static SnapshotView view(Known known, Measurement measurement) {
    return new SnapshotView(
        summary(known),
        build(measurement.build()),
        counts(measurement),
        measurement.tests().stream()
            .map(test ->
                new CaseView(
                    test.id(), name(test.status()), test.took().toMillis(), test.message()))
            .toList(),
        coverage(measurement.coverage()),
        measurement.problems(),
        measurement.took().toMillis());
  }

  private static String build(Build build) {
    return switch (build) {
      case Build.Built _ -> "built";
      case Build.Broken _ -> "broken";
      case Build.NotRun _ -> "not_run";
      case Build.TimedOut _ -> "timed_out";
    };
  }

  private static String name(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private static CountsView counts(Measurement measurement) {
    int all = measurement.tests().size();
    int passed = count(measurement, Status.PASSED);
    int skipped = count(measurement, Status.SKIPPED);
    int executed = all - skipped;
    return new CountsView(
        all,
        passed,
        count(measurement, Status.FAILED),
        count(measurement, Status.ERROR),
        skipped,
        executed == 0 ? 0 : (double) passed / executed);
  }

  private static int count(Measurement measurement, Status status) {
    return Math.toIntExact(
        measurement.tests().stream().filter(test -> test.status() == status).count());
  }

  private static CoverageView coverage(Coverage coverage) {
    return switch (coverage) {
      case Coverage.NotMeasured(var reason) -> new CoverageView(reason, 0, 0, 0, 0, List.of());
      case Coverage.Measured(var files) -> measured(files);
    };
  }

  private static CoverageView measured(List<FileCoverage> files) {
    List<FileView> views =
        files.stream()
            .map(file ->
                new FileView(
                    file.path(),
                    file.linesCovered(),
                    file.linesCovered() + file.linesMissed(),
                    file.branchesCovered(),
                    file.branchesCovered() + file.branchesMissed()))
            .toList();
    return new CoverageView(
        "",
        views.stream().mapToLong(FileView::linesCovered).sum(),
        views.stream().mapToLong(FileView::lines).sum(),
        views.stream().mapToLong(FileView::branchesCovered).sum(),
        views.stream().mapToLong(FileView::branches).sum(),
        views);
  }
}
