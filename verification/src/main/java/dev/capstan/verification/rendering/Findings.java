package dev.capstan.verification.rendering;

import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.verification.rendering.RunReport.AttemptReport;
import dev.capstan.verification.rendering.RunReport.CheckRow;
import dev.capstan.verification.rendering.RunReport.StepReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What follows from a report: what was measured, what was not, and what failed on the way. */
final class Findings {
  /** Checks that are made where policy or an engine gives a reason to. */
  private static final Set<CheckName> ASKED_FOR =
      EnumSet.of(CheckName.CLAIMS, CheckName.NEW_TESTS, CheckName.REVIEW);

  /** What a check is about. */
  sealed interface Place {
    record WholeBranch() implements Place {}

    record OfStep(String id) implements Place {}
  }

  private static final String EVERY_CHECK = "every check";

  /** One line of the evidence. */
  record Row(Place place, CheckRow check) {}

  /** A check that says nothing about {@code places}, and why. */
  record Gap(String check, String why, List<Place> places) {
    Gap {
      places = List.copyOf(places);
    }
  }

  /** An attempt whose change is not on the branch. */
  record FailedAttempt(StepReport step, AttemptReport attempt) {}

  private record Cause(String check, String why) {}

  private final RunReport report;

  Findings(RunReport report) {
    this.report = report;
  }

  /** The last attempt, unless it failed: a failed attempt's change is not on the branch. */
  static Optional<AttemptReport> standing(StepReport step) {
    return step.attempts().isEmpty()
        ? Optional.empty()
        : Optional.of(step.attempts().getLast()).filter(last -> !hasFailed(last));
  }

  static boolean hasFailed(AttemptReport attempt) {
    return attempt.outcome().strip().toLowerCase(Locale.ROOT).startsWith("failed");
  }

  static boolean hasPassed(AttemptReport attempt) {
    return attempt.outcome().strip().equalsIgnoreCase("passed");
  }

  /** It stands by measurement or by a person's word. */
  static boolean isDecided(AttemptReport attempt) {
    boolean approved = attempt.outcome().strip().toLowerCase(Locale.ROOT).startsWith("approved");
    return hasPassed(attempt) || isUnchanged(attempt) || approved;
  }

  static boolean isUnchanged(AttemptReport attempt) {
    return attempt.outcome().strip().equalsIgnoreCase("unchanged");
  }

  /** The branch as a whole first, then step by step in the plan's order. */
  List<Row> evidence() {
    List<Row> rows = new ArrayList<>();
    report.branchChecks().forEach(check -> rows.add(new Row(new Place.WholeBranch(), check)));
    for (StepReport step : report.steps()) {
      standing(step).map(AttemptReport::checks).orElse(List.of()).stream()
          .map(check -> new Row(new Place.OfStep(step.id()), check))
          .forEach(rows::add);
    }
    return rows;
  }

  List<FailedAttempt> failures() {
    return report.steps().stream()
        .flatMap(step ->
            step.attempts().stream()
                .filter(Findings::hasFailed)
                .map(attempt -> new FailedAttempt(step, attempt)))
        .toList();
  }

  /** What nothing is known about, alike reasons together. */
  List<Gap> gaps() {
    Map<Cause, List<Place>> places = new LinkedHashMap<>();
    causes(report.branchChecks()).forEach(cause -> add(places, cause, new Place.WholeBranch()));
    for (StepReport step : report.steps()) {
      causes(step).forEach(cause -> add(places, cause, new Place.OfStep(step.id())));
    }
    return places.entrySet().stream()
        .map(e -> new Gap(e.getKey().check(), e.getKey().why(), e.getValue()))
        .toList();
  }

  private static void add(Map<Cause, List<Place>> places, Cause cause, Place place) {
    places.computeIfAbsent(cause, _ -> new ArrayList<>()).add(place);
  }

  private static List<Cause> causes(StepReport step) {
    if (step.attempts().isEmpty()) {
      return List.of(new Cause(EVERY_CHECK, "no attempt was made; " + state(step)));
    }
    Optional<AttemptReport> standing = standing(step);
    if (standing.isEmpty()) {
      return List.of(new Cause(EVERY_CHECK, "no attempt passed; " + state(step)));
    }
    return isUnchanged(standing.get()) && standing.get().checks().isEmpty()
        ? List.of(new Cause(EVERY_CHECK, "the attempt changed nothing"))
        : causes(standing.get().checks());
  }

  private static String state(StepReport step) {
    String status = "the step is " + Phrases.status(step.status());
    return step.detail().isBlank() ? status : status + ": " + step.detail();
  }

  private static List<Cause> causes(List<CheckRow> checks) {
    if (checks.isEmpty()) {
      return List.of(new Cause(EVERY_CHECK, "no check was made"));
    }
    List<Cause> causes = new ArrayList<>();
    checks.stream().filter(c -> !isSettled(c.verdict())).forEach(c -> causes.add(unsettled(c)));
    Arrays.stream(CheckName.values())
        .filter(name -> !ASKED_FOR.contains(name))
        .map(CheckName::name)
        .filter(name -> checks.stream().noneMatch(c -> c.name().equalsIgnoreCase(name)))
        .forEach(name -> causes.add(new Cause(name, "no such check was made")));
    return causes;
  }

  private static Cause unsettled(CheckRow check) {
    String why = Phrases.or(check.reason(), "no reason is recorded");
    return new Cause(check.name(), Phrases.status(check.verdict().name()) + ": " + why);
  }

  static boolean isSettled(Verdict verdict) {
    return switch (verdict) {
      case PASS, FAIL -> true;
      case DID_NOT_RUN, NOT_COMPARABLE -> false;
    };
  }
}
