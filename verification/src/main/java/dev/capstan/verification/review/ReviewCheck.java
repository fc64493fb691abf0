package dev.capstan.verification.review;

import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.verification.review.Opinion.Objection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Holds a reviewer's word against the evidence. It can shut a gate, with objections that name a
 * place of the change; it can open none: every other check still has to pass.
 */
public final class ReviewCheck {
  private static final int LONGEST_QUOTE = 200;

  /** What is said to a reviewer rather than to a reader of the code. */
  private static final Pattern ADDRESSED =
      Pattern.compile(
          "(?i)verdict[\"']?\\s*[:=]\\s*[\"']?approve"
              + "|\\b(?:reviewers?|review (?:agent|model|bot)|judge|llm|ai)\\b.{0,60}\\b(?:approve|accept|pass this|ignore)\\b");

  private ReviewCheck() {}

  /** The check with what it found. */
  public record Result(Check check, List<Violation> violations) {
    public Result {
      violations = List.copyOf(violations);
    }
  }

  /** Nobody reviewed. */
  public static Result didNotRun(String why) {
    return new Result(new Check(CheckName.REVIEW, Verdict.DID_NOT_RUN, why), List.of());
  }

  /**
   * Compares.
   *
   * @param words of the reviewer
   * @param changed the paths of the change
   * @param checks made of it so far
   * @param added the lines that the change adds
   */
  public static Result of(
      String words,
      Collection<String> changed,
      Collection<Check> checks,
      Collection<String> added) {
    Optional<Opinion> opinion = Opinion.read(words);
    if (opinion.isEmpty()) {
      return didNotRun("the reviewer gave no verdict that can be read");
    }
    List<Violation> addressed =
        added.stream()
            .filter(line -> ADDRESSED.matcher(line).find())
            .map(line ->
                new Violation(
                    Category.REVIEWER_ADDRESSED,
                    line.strip().substring(0, Math.min(LONGEST_QUOTE, line.strip().length())),
                    "the change tells its reviewer what to say"))
            .toList();
    return opinion.get().approves()
        ? approved(checks, addressed)
        : objected(opinion.get(), changed, addressed);
  }

  private static Result approved(Collection<Check> checks, List<Violation> addressed) {
    List<Violation> violations = new ArrayList<>(addressed);
    String failed =
        checks.stream()
            .filter(check -> check.verdict() == Verdict.FAIL)
            .map(check -> check.name().name())
            .collect(Collectors.joining(", "));
    if (!failed.isEmpty()) {
      violations.add(
          new Violation(
              Category.REVIEW_CONTRADICTED, "approve", "it approves although " + failed + " FAIL"));
    }
    String reason =
        violations.isEmpty()
            ? "the reviewer has no objection"
            : "the reviewer has no objection, but " + violations.getFirst().detail();
    return result(violations.isEmpty() ? Verdict.PASS : Verdict.NOT_COMPARABLE, reason, violations);
  }

  /** An objection to what was not changed, or that says nothing, is none. */
  private static Result objected(
      Opinion opinion, Collection<String> changed, List<Violation> addressed) {
    List<Violation> violations = new ArrayList<>(addressed);
    for (Objection one : opinion.objections()) {
      if (changed.contains(one.file()) && !one.problem().isEmpty()) {
        String place = one.line() > 0 ? one.file() + ':' + one.line() : one.file();
        violations.add(new Violation(Category.OBJECTION, place, one.problem()));
      }
    }
    int kept = violations.size() - addressed.size();
    String figures =
        "%d of %d objections name a place of the change"
            .formatted(kept, opinion.objections().size());
    return kept > 0
        ? result(Verdict.FAIL, figures + ": " + violations.getLast().detail(), violations)
        : result(Verdict.NOT_COMPARABLE, "the reviewer objects, but " + figures, violations);
  }

  private static Result result(Verdict verdict, String reason, List<Violation> violations) {
    return new Result(new Check(CheckName.REVIEW, verdict, reason), violations);
  }

  /** The lines that a diff adds. */
  public static List<String> added(String diff) {
    Matcher line = Pattern.compile("(?m)^\\+(?!\\+\\+ )(.*)$").matcher(diff);
    return line.results().map(found -> found.group(1)).toList();
  }
}
