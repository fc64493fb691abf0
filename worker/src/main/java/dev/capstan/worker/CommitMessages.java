package dev.capstan.worker;

import dev.capstan.core.RunId;
import dev.capstan.core.plan.Step;
import java.util.Set;

/** Conventional commits, as of conventionalcommits.org. */
final class CommitMessages {
  private static final Set<String> TYPES =
      Set.of(
          "build",
          "chore",
          "ci",
          "docs",
          "feat",
          "fix",
          "perf",
          "refactor",
          "revert",
          "style",
          "test");

  /** The trailer that names a commit's step. */
  static final String STEP = "Capstan-Step";

  private static final String OTHER = "chore";
  private static final int LONGEST_SUBJECT = 72;

  private CommitMessages() {}

  static String of(RunId run, Step step) {
    String body = step.reason().isBlank() ? "" : step.reason().strip() + "\n\n";
    return subject(step)
        + "\n\n"
        + body
        + "Capstan-Run: "
        + run
        + '\n'
        + STEP
        + ": "
        + step.id()
        + "\n";
  }

  /** The first line: {@code type: title}. */
  static String subject(Step step) {
    String type = TYPES.contains(step.kind()) ? step.kind() : OTHER;
    String subject = type + ": " + step.title();
    return subject.length() <= LONGEST_SUBJECT
        ? subject
        : subject.substring(0, LONGEST_SUBJECT - 1) + "…";
  }
}
