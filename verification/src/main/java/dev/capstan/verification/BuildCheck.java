package dev.capstan.verification;

import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.verification.Judge.Finding;
import dev.capstan.verification.Measurement.Build;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the project's own build still works. */
final class BuildCheck {
  private static final Pattern PLACED = Pattern.compile("(?<place>[^:]+:\\d+): (?<message>.*)");

  private BuildCheck() {}

  static Finding of(Measurement base, Measurement after, Optional<Measurement> baseAgain) {
    String before = "; before: " + Sentences.build(base.build());
    return switch (after.build()) {
      case Build.Built built -> finding(Verdict.PASS, Sentences.build(built) + before, List.of());
      case Build.NotRun(String reason) ->
          finding(Verdict.DID_NOT_RUN, "the build was not run: " + reason, List.of());
      case Build.TimedOut(Duration limit) -> stopped(after, limit);
      case Build.Broken broken when brokenBefore(base, baseAgain) ->
          finding(
              Verdict.NOT_COMPARABLE,
              "the build is broken (" + broken.reason() + "), and was on the base commit too",
              List.of());
      case Build.Broken broken ->
          finding(
              Verdict.FAIL,
              "the build is broken (" + broken.reason() + ")" + before,
              compileErrors(broken));
    };
  }

  /** The newest word on the base, from the same sandbox, counts. */
  private static boolean brokenBefore(Measurement base, Optional<Measurement> baseAgain) {
    return baseAgain.orElse(base).build() instanceof Build.Broken;
  }

  private static Finding stopped(Measurement after, Duration limit) {
    String reason =
        "stopped after %s, before the build was known to work; until then %s"
            .formatted(Sentences.seconds(limit), after.counts());
    Violation violation = new Violation(Category.TIME_OUT, "build and tests", reason);
    return finding(Verdict.DID_NOT_RUN, reason, List.of(violation));
  }

  private static List<Violation> compileErrors(Build.Broken broken) {
    return broken.errors().isEmpty()
        ? List.of(new Violation(Category.COMPILE_ERROR, "build", broken.reason()))
        : broken.errors().stream().map(BuildCheck::compileError).toList();
  }

  private static Violation compileError(String error) {
    Matcher placed = PLACED.matcher(error);
    return placed.matches()
        ? new Violation(Category.COMPILE_ERROR, placed.group("place"), placed.group("message"))
        : new Violation(Category.COMPILE_ERROR, "build", error);
  }

  private static Finding finding(Verdict verdict, String reason, List<Violation> violations) {
    return new Finding(new Check(CheckName.BUILD, verdict, reason), violations);
  }
}
