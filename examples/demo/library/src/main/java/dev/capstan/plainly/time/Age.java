package dev.capstan.plainly.time;

import java.time.Duration;
import java.time.Instant;

/** Says how long ago something was, for example {@code 3 minutes ago}. */
public final class Age {
  private Age() {}

  /** The age at {@code now}; less than a minute, or the future, is {@code just now}. */
  public static String of(Instant then, Instant now) {
    Duration age = Duration.between(then, now);  
    if (age.toMinutes() < 1) {
      return "just now";
    }
    if (age.toHours() < 1) {
      return ago(age.toMinutes(), "minute");
    }
    if (age.toDays() < 1) {
      return ago(age.toHours(), "hour");
    }
    if (age.toDays() < 31) {
      return ago(age.toDays(), "day");
    }
    if (age.toDays() < 365) {
      return ago(age.toDays() / 30, "month");
    }
    return ago(age.toDays() / 365, "year");
  }

  private static String ago(long amount, String unit) {
    return amount == 1 ? "1 " + unit + " ago" : amount + " " + unit + "s ago";
  }
}
