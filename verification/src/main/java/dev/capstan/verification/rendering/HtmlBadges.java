package dev.capstan.verification.rendering;

import dev.capstan.core.evidence.Verdict;
import dev.capstan.verification.rendering.RunReport.AttemptReport;
import dev.capstan.verification.rendering.RunReport.CheckRow;
import java.util.Locale;

/** Badges tell by word, by sign and by the shape of their border, and by colour last. */
final class HtmlBadges {
  private HtmlBadges() {}

  static String verdict(Verdict verdict) {
    return badge(look(verdict), Phrases.sign(verdict) + " " + Phrases.verdict(verdict));
  }

  /** The name of the check and its verdict in one. */
  static String check(CheckRow check) {
    String name = Phrases.status(VisibleText.line(check.name(), HtmlText.LINE));
    return badge(
        look(check.verdict()),
        "%s %s: %s"
            .formatted(
                Phrases.sign(check.verdict()),
                name,
                Phrases.verdict(check.verdict()).toLowerCase(Locale.ROOT)));
  }

  /** The word of a run or a step; one that is not known looks undecided. */
  static String status(String word) {
    String shown = Phrases.status(VisibleText.line(word, HtmlText.LINE));
    return switch (shown) {
      case "completed" -> badge("good", "✓ " + shown);
      case "failed", "blocked", "cancelled" -> badge("bad", "✗ " + shown);
      default -> badge("open", "○ " + shown);
    };
  }

  static String outcome(AttemptReport attempt) {
    String shown =
        VisibleText.line(Phrases.or(attempt.outcome(), "no outcome recorded"), HtmlText.LINE);
    int colon = shown.indexOf(':');
    String head = colon < 0 ? shown : shown.substring(0, colon);
    if (Findings.hasFailed(attempt)) {
      return badge("bad", "✗ " + head);
    }
    return Findings.isDecided(attempt) ? badge("good", "✓ " + head) : badge("open", "○ " + head);
  }

  private static String look(Verdict verdict) {
    return switch (verdict) {
      case PASS -> "good";
      case FAIL -> "bad";
      case DID_NOT_RUN, NOT_COMPARABLE -> "open";
    };
  }

  private static String badge(String look, String shown) {
    return "<span class=\"badge %s\">%s</span>".formatted(look, HtmlText.escaped(shown));
  }
}
