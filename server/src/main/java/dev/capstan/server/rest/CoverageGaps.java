package dev.capstan.server.rest;

import dev.capstan.core.CommitId;
import dev.capstan.engines.FindingCommand;
import dev.capstan.engines.planner.Place;
import dev.capstan.engines.planner.Spot;
import dev.capstan.engines.planner.Spots;
import dev.capstan.engines.planner.TestPlaces;
import dev.capstan.verification.Measurement.Coverage;
import dev.capstan.verification.Measurement.FileCoverage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files in which the most lines are executed by no test. */
final class CoverageGaps {
  private static final Pattern CLASS =
      Pattern.compile("(?:.*/)?src/main/(?:java|kotlin|groovy|scala)/(?<name>.+)\\.[a-z]+");
  private static final int COMMIT_DIGITS = 12;

  private CoverageGaps() {}

  /**
   * What there is of it.
   *
   * @param known what was measured of the project
   * @param base the commit that is planned for
   * @param paths its files
   */
  static Spots of(Optional<Measured> known, CommitId base, List<String> paths, Place place) {
    if (known.isEmpty()) {
      return Spots.none(
          "nothing was measured of this project yet; every run does that before its first step, and"
              + " capstan run --repo . --goal Measure --approve-plan -- true does nothing else");
    }
    return switch (known.get().measurement().coverage()) {
      case Coverage.NotMeasured(var reason) ->
          Spots.none("no coverage is known of " + shortened(known.get().commit()) + ": " + reason);
      case Coverage.Measured(var files) -> of(files, known.get().commit(), base, paths, place);
    };
  }

  private static Spots of(
      List<FileCoverage> files, CommitId measured, CommitId base, List<String> paths, Place place) {
    Set<String> there = new HashSet<>(paths);
    List<FileCoverage> gaps =
        files.stream()
            .filter(file -> file.linesMissed() > 0 && there.contains(file.path()))
            .filter(file -> place.holds(file.path()) && FindingCommand.isSpeakable(file.path()))
            .sorted(
                Comparator.comparingInt(FileCoverage::linesMissed)
                    .reversed()
                    .thenComparing(FileCoverage::path))
            .toList();
    if (gaps.isEmpty()) {
      String where = place.name().isEmpty() ? "" : " in " + place.name();
      return Spots.none("no uncovered line was measured" + where + " on " + shortened(measured));
    }
    List<String> notes = new ArrayList<>();
    if (gaps.size() > Spots.MOST) {
      notes.add(
          "%d more files have lines that are not covered".formatted(gaps.size() - Spots.MOST));
    }
    if (!measured.equals(base)) {
      notes.add(
          "coverage was measured on %s, not on the commit planned for"
              .formatted(shortened(measured)));
    }
    return new Spots(
        gaps.stream().limit(Spots.MOST).map(file -> spot(file, there)).toList(), notes);
  }

  private static Spot spot(FileCoverage file, Set<String> paths) {
    return new Spot(
        file.path(),
        TestPlaces.of(file.path(), paths),
        file.missed(),
        "%s: %d of %d lines are not covered"
            .formatted(
                named(file.path()), file.linesMissed(), file.linesMissed() + file.linesCovered()));
  }

  /** A class has the name that its language gives it. */
  private static String named(String path) {
    Matcher found = CLASS.matcher(path);
    return found.matches() ? found.group("name").replace('/', '.') : path;
  }

  private static String shortened(CommitId commit) {
    return commit.value().substring(0, Math.min(COMMIT_DIGITS, commit.value().length()));
  }
}
