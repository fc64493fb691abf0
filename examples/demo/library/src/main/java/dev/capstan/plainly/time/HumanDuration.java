package dev.capstan.plainly.time;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes durations as people put them into settings, for example {@code 1h 30m}. */
public final class HumanDuration {
  private static final Pattern TEXT = Pattern.compile("\\s*(\\d+\\s*[dhms]\\s*)+");
  private static final Pattern PART = Pattern.compile("(\\d+)\\s*([dhms])");

  private HumanDuration() {}

  /**
   * Reads days, hours, minutes and seconds, in any order.
   *
   * @throws IllegalArgumentException if the text is no duration or is too large for one
   */
  public static Duration parse(String text) {
    if (!TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException("not a duration such as 1h 30m: " + text);
    }
    long seconds = 0;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      try {
        long amount = Long.parseLong(part.group(1));
        seconds = Math.addExact(seconds, Math.multiplyExact(amount, unit(part.group(2))));
      } catch (Exception e) {
        throw new IllegalArgumentException("too large for a duration: " + text, e);
      }
    }
    return Duration.ofSeconds(seconds);
  }

  /** The shortest text that {@link #parse} reads back, in whole seconds. */
  public static String format(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("a negative duration has no text: " + duration);
    }
    StringBuilder text = new StringBuilder();
    append(text, duration.toDays(), "d");
    append(text, duration.toHoursPart(), "h");
    append(text, duration.toMinutesPart(), "m");
    append(text, duration.toSecondsPart(), "s");
    return text.length() == 0 ? "0s" : text.toString();
  }

  private static void append(StringBuilder text, long amount, String unit) {
    if (amount > 0) {
      text.append(text.length() == 0 ? "" : " ").append(amount).append(unit);
    }
  }

  private static long unit(String letter) {
    switch (letter) {
      case "d":
        return 86_400;
      case "h":
        return 3_600;
      case "m":
        return 60;
      default:
        return 1;
    }
  }
}
