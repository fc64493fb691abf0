package dev.capstan.verification.rendering;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How a pull request is handed over, in Markdown. */
final class HandoverText {
  private static final int MOST_REVIEWERS = 50;

  private HandoverText() {}

  /** Empty if there is nothing to say. */
  static String of(Handover handover) {
    List<String> lines = new ArrayList<>();
    if (!handover.reviewers().isEmpty()) {
      lines.add("- Reviewers, as CODEOWNERS of the base commit names them: " + named(handover));
    }
    if (handover.signed()) {
      lines.add("- Every commit is signed.");
    }
    return lines.isEmpty() ? "" : "## Handed over\n\n" + String.join("\n", lines);
  }

  private static String named(Handover handover) {
    int more = handover.reviewers().size() - MOST_REVIEWERS;
    return handover.reviewers().stream()
            .limit(MOST_REVIEWERS)
            .map(MarkdownSections::code)
            .collect(Collectors.joining(", "))
        + (more > 0 ? ", and " + more + " more" : "");
  }
}
