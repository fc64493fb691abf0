package dev.capstan.core.evidence;

import dev.capstan.core.evidence.Violation.Category;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What policy wants done about failures.
 *
 * @param toViolations by category
 * @param toChecks for a failed check; never {@link Response.Ignore}: a check is left out by name
 * @param otherwise for everything else
 */
public record Responses(
    Map<Category, Response> toViolations, Map<CheckName, Response> toChecks, Response otherwise) {
  public static final Responses DEFAULT = new Responses(Map.of(), Map.of(), new Response.Fix());

  /** What may be ignored at all: no broken build or test, nothing hidden, nothing forbidden. */
  private static final Set<Category> IGNORABLE =
      Collections.unmodifiableSet(
          EnumSet.of(
              Category.BINARY_FILE,
              Category.COVERAGE_DROP,
              Category.UNCOVERED_LINES,
              Category.MUTANT_SURVIVED,
              Category.LINT,
              Category.DEPENDENCY,
              Category.LICENCE));

  public Responses {
    toViolations = copy(Category.class, toViolations);
    toChecks = copy(CheckName.class, toChecks);
    toViolations.forEach(Responses::requireIgnorable);
    if (otherwise instanceof Response.Ignore
        || toChecks.values().stream().anyMatch(Response.Ignore.class::isInstance)) {
      throw new IllegalArgumentException(
          "only violations of a named category can be ignored, never a whole check");
    }
  }

  private static <K extends Enum<K>> Map<K, Response> copy(Class<K> type, Map<K, Response> map) {
    EnumMap<K, Response> copy = new EnumMap<>(type);
    copy.putAll(map);
    return Collections.unmodifiableMap(copy);
  }

  private static void requireIgnorable(Category category, Response response) {
    if (response instanceof Response.Ignore && !IGNORABLE.contains(category)) {
      throw new IllegalArgumentException(
          category + " cannot be ignored; what can be is " + IGNORABLE);
    }
  }

  /** What follows a gate that these checks keep shut: the strictest that any of them asks for. */
  public Response toShut(Collection<Check> failed, Collection<Violation> violations) {
    return strictest(
        Stream.concat(
            failed.stream().map(check -> toChecks.getOrDefault(check.name(), otherwise)),
            violations.stream().map(this::to)));
  }

  /** What follows an attempt that failed before it was judged. */
  public Response toFailure(Collection<Violation> violations) {
    return strictest(violations.stream().map(this::to));
  }

  private Response to(Violation violation) {
    return toViolations.getOrDefault(violation.category(), otherwise);
  }

  private Response strictest(Stream<Response> responses) {
    Response found = responses.reduce(new Response.Ignore("nothing was said"), Response::stricter);
    return found instanceof Response.Ignore ? otherwise : found;
  }

  /**
   * True if a failed check does not count: everything it found is of categories that are ignored,
   * and whatever else was found is the business of another failed check. One whose list of
   * violations may have been cut counts, since nobody knows what was left out. What an engine says
   * of its work is no failure of anything.
   */
  boolean forgives(CheckName check, Evidence evidence) {
    List<Violation> found =
        evidence.violations().stream().filter(v -> v.category().checks().contains(check)).toList();
    return !found.isEmpty()
        && found.size() < Evidence.MOST_LISTED
        && found.stream().allMatch(this::isIgnored)
        && evidence.violations().stream()
            .filter(v -> v.category() != Category.CLAIM_CONTRADICTED)
            .allMatch(v -> isIgnored(v) || isOf(v, check, evidence));
  }

  private boolean isIgnored(Violation violation) {
    return to(violation) instanceof Response.Ignore;
  }

  private static boolean isOf(Violation violation, CheckName otherThan, Evidence evidence) {
    return evidence.checks().stream()
        .filter(check -> check.name() != otherThan && check.verdict() == Verdict.FAIL)
        .anyMatch(check -> violation.category().checks().contains(check.name()));
  }

  /** Which of the violations do not count, and why. */
  public List<Ignored> ignored(List<Violation> violations) {
    return toViolations.entrySet().stream()
        .filter(e -> e.getValue() instanceof Response.Ignore)
        .map(e ->
            new Ignored(
                e.getKey(),
                (int) violations.stream().filter(v -> v.category() == e.getKey()).count(),
                ((Response.Ignore) e.getValue()).reason()))
        .filter(ignored -> ignored.count() > 0)
        .toList();
  }
}
