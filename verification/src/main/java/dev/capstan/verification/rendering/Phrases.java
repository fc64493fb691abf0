package dev.capstan.verification.rendering;

import dev.capstan.core.evidence.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Figures and states in words; what it returns holds no untrusted text unless it was given. */
final class Phrases {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Phrases() {}

  static String instant(Instant at) {
    return UTC.format(at.truncatedTo(ChronoUnit.SECONDS));
  }

  /** The two largest units that say something, for example {@code 4 min 12 s}. */
  static String duration(Duration took) {
    if (took.isNegative()) {
      return "not known";
    }
    if (took.toSeconds() == 0) {
      return took.toMillis() + " ms";
    }
    if (took.toHours() > 0) {
      return pair(took.toHours(), "h", took.toMinutesPart(), "min");
    }
    return took.toMinutes() > 0
        ? pair(took.toMinutes(), "min", took.toSecondsPart(), "s")
        : took.toSeconds() + " s";
  }

  private static String pair(long large, String unit, int small, String smallUnit) {
    String first = String.format(Locale.ROOT, "%,d %s", large, unit);
    return small == 0 ? first : first + " " + small + " " + smallUnit;
  }

  static String count(long number, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
  }

  /** For example {@code +120 −45 lines}, with a true minus sign. */
  static String lines(long added, long deleted) {
    return String.format(Locale.ROOT, "+%,d −%,d lines", added, deleted);
  }

  /** {@code NEEDS_QA} as {@code needs qa}. */
  static String status(String word) {
    return or(word.replace('_', ' ').toLowerCase(Locale.ROOT).strip(), "not known");
  }

  static String verdict(Verdict verdict) {
    return verdict.name().replace('_', ' ');
  }

  /** A sign that differs in shape, not only in colour. */
  static String sign(Verdict verdict) {
    return switch (verdict) {
      case PASS -> "✓";
      case FAIL -> "✗";
      case DID_NOT_RUN -> "○";
      case NOT_COMPARABLE -> "≠";
    };
  }

  static String or(String text, String absent) {
    return text.isBlank() ? absent : text;
  }
}
