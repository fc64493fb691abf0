package dev.capstan.verification.rendering;

import java.util.ArrayList;
import java.util.List;

/**
 * How much of a report is shown. Forges refuse a body above 65,536 characters.
 *
 * @param title characters of a title, a reason of a step or a subject
 * @param reason characters of a check's or a failure's reason
 * @param section characters of one list or table, as Markdown
 * @param violations of one attempt
 */
record MarkdownLimits(int title, int reason, int section, int violations) {
  /** Seven sections, a goal and a footer stay below what a forge takes, whatever they hold. */
  static final MarkdownLimits BODY = new MarkdownLimits(300, 400, 6_000, 3);

  static final MarkdownLimits REPORT = new MarkdownLimits(400, 4_000, 400_000, 100);

  static final int CODE = 240;
  static final int GOAL = 2_000;
  static final int COMMAND = 2_000;

  /** As many rows as fit, and how many do not. */
  record Kept(List<String> rows, int dropped) {}

  Kept keep(List<String> rows) {
    List<String> kept = new ArrayList<>();
    int left = section;
    for (String row : rows) {
      left -= row.length() + 1;
      if (left < 0) {
        break;
      }
      kept.add(row);
    }
    return new Kept(kept, rows.size() - kept.size());
  }
}
