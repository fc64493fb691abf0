package dev.capstan.verification.rendering;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How a pull request is handed over, in Markdown. */
final class HandoverText {
  private static final int MOST_REVIEWERS = 20;
  private static final int MOST_PARTS = 20;

  private HandoverText() {}

  /** Empty if there is nothing to say. */
  static String of(Handover handover) {
    List<String> lines = new ArrayList<>();
    if (handover.isStack()) {
      lines.addAll(stack(handover));
    }
    if (!handover.reviewers().isEmpty()) {
      lines.add("- Reviewers, as CODEOWNERS of the base commit names them: " + named(handover));
    }
    if (handover.signed()) {
      lines.add("- Every commit is signed.");
    }
    return lines.isEmpty() ? "" : "## Handed over\n\n" + String.join("\n", lines);
  }

  private static List<String> stack(Handover handover) {
    List<Handover.Part> stack = handover.stack();
    List<String> lines = new ArrayList<>();
    lines.add(
        "- Part %d of a stack of %d, to be merged in this order, each into the one before:"
            .formatted(handover.number(), stack.size()));
    int shown = Math.min(MOST_PARTS, stack.size());
    for (int i = 0; i < shown; i++) {
      lines.add("  " + (i + 1) + ". " + part(stack.get(i), i + 1 == handover.number()));
    }
    if (shown < stack.size()) {
      lines.add("  - and " + (stack.size() - shown) + " more");
    }
    Handover.Part own = stack.get(handover.number() - 1);
    if (own.lines() > handover.limit()) {
      lines.add(
          "- This part has more than %d changed lines, since it is a single commit."
              .formatted(handover.limit()));
    }
    lines.add(
        "- Verified were each step, by itself, and the branch as a whole, at the top of the stack"
            + " (part "
            + stack.size()
            + ").");
    return lines;
  }

  private static String part(Handover.Part part, boolean own) {
    return "%s: %s, %s%s"
        .formatted(
            MarkdownSections.code(part.branch()),
            Phrases.count(part.commits(), "commit", "commits"),
            Phrases.count(part.lines(), "changed line", "changed lines"),
            own ? " (**this one**)" : "");
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
