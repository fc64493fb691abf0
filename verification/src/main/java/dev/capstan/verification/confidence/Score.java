package dev.capstan.verification.confidence;

import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Confidence;
import dev.capstan.core.evidence.Confidence.Part;
import dev.capstan.core.evidence.Outcome;
import dev.capstan.core.evidence.Verdict;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The confidence in a change: the mean of what was measured of it and of what people said of its
 * like, then put onto the scale of {@link Scale}. Pure: the same evidence and history always give
 * the same score.
 */
public final class Score {
  private static final int STATIC_WEIGHT = 25;
  private static final int TESTS_WEIGHT = 40;
  private static final int COVERAGE_WEIGHT = 20;
  private static final int HISTORY_WEIGHT = 15;

  /** What neither speaks for a change nor against it. */
  private static final double UNKNOWN = 0.5;

  /** Checks that count as unknown where they were not settled; others are then passed over. */
  private static final Set<CheckName> EXPECTED =
      EnumSet.of(CheckName.BUILD, CheckName.TESTS, CheckName.JUDGE, CheckName.SCOPE);

  private static final Set<CheckName> STATIC =
      EnumSet.of(
          CheckName.BUILD,
          CheckName.JUDGE,
          CheckName.ANALYSIS,
          CheckName.SECRETS,
          CheckName.DEPENDENCIES,
          CheckName.SCOPE);
  private static final Set<CheckName> TESTS = EnumSet.of(CheckName.TESTS, CheckName.MUTATION);
  private static final Set<CheckName> COVERAGE =
      EnumSet.of(CheckName.COVERAGE, CheckName.CHANGED_LINES);

  private Score() {}

  /**
   * The score of a change.
   *
   * @param kind of its step
   * @param engine that made it
   * @param outcomes what people said of earlier changes of the project, the oldest first
   */
  public static Confidence of(
      Collection<Check> checks, String kind, String engine, List<Outcome> outcomes) {
    List<Part> parts =
        List.of(
            part("static", STATIC_WEIGHT, STATIC, checks),
            part("tests", TESTS_WEIGHT, TESTS, checks),
            part("coverage", COVERAGE_WEIGHT, COVERAGE, checks),
            history(kind, engine, outcomes),
            new Part("model", 0, 0, "no model gave probabilities"));
    int raw = mean(parts);
    Scale scale = Scale.of(outcomes);
    return new Confidence.Scored(scale.at(raw), raw, parts, scale.calibration());
  }

  private static Part part(
      String name, int weight, Set<CheckName> about, Collection<Check> checks) {
    List<Check> counted =
        checks.stream()
            .filter(check -> about.contains(check.name()))
            .filter(check -> isSettled(check) || EXPECTED.contains(check.name()))
            .toList();
    double mean = counted.stream().mapToDouble(Score::value).average().orElse(UNKNOWN);
    String reason =
        counted.isEmpty()
            ? "nothing was measured, which counts half"
            : counted.stream()
                .map(check -> check.name() + " " + check.verdict())
                .collect(Collectors.joining(", "));
    return new Part(name, hundredths(mean), weight, reason);
  }

  private static boolean isSettled(Check check) {
    return check.verdict() == Verdict.PASS || check.verdict() == Verdict.FAIL;
  }

  private static double value(Check check) {
    return switch (check.verdict()) {
      case PASS -> 1;
      case FAIL -> 0;
      case DID_NOT_RUN, NOT_COMPARABLE -> UNKNOWN;
    };
  }

  /** Laplace's rule of succession, so that one word of a person is no certainty. */
  private static Part history(String kind, String engine, List<Outcome> outcomes) {
    List<Outcome> alike =
        outcomes.stream().filter(o -> o.kind().equals(kind) && o.engine().equals(engine)).toList();
    long accepted = alike.stream().filter(Outcome::accepted).count();
    if (alike.isEmpty()) {
      return new Part("history", 0, 0, "no person has judged a change of this kind and engine yet");
    }
    return new Part(
        "history",
        hundredths((accepted + 1.0) / (alike.size() + 2)),
        HISTORY_WEIGHT,
        "people accepted " + accepted + " of " + alike.size() + " changes of this kind and engine");
  }

  private static int mean(List<Part> parts) {
    int weights = parts.stream().mapToInt(Part::weight).sum();
    double sum = parts.stream().mapToDouble(p -> p.weight() * p.hundredths()).sum();
    return (int) Math.round(sum / weights);
  }

  private static int hundredths(double share) {
    return (int) Math.round(share * 100);
  }
}
