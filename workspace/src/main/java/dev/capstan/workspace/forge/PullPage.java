package dev.capstan.workspace.forge;

import dev.capstan.workspace.forge.Forge.Draft;
import java.time.Instant;

/** A pull request as a page of Markdown. */
final class PullPage {
  private PullPage() {}

  static String of(int number, Draft draft, Instant at) {
    return """
    # #%d %s

    - into `%s` from `%s` at %s
    - opened %s
    - reviewers: %s
    - commits are %s

    %s
    """
        .formatted(
            number,
            oneLine(draft.title()),
            draft.base(),
            draft.head(),
            draft.commit(),
            at,
            draft.reviewers().isEmpty()
                ? "none"
                : "`" + String.join("`, `", draft.reviewers()) + "`",
            draft.signed() ? "signed" : "not signed",
            draft.body());
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\R", " ");
  }
}
