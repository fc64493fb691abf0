package dev.capstan.verification.secrets;

import dev.capstan.core.Sha256;

/** A secret that stands in a text. Only the scan sees its value; nothing prints it. */
public final class Leak {
  private static final int SHOWN = 4;
  private static final int FINGERPRINT_DIGITS = 12;

  private final String rule;
  private final String value;
  private final int line;
  private final String way;

  Leak(String rule, String value, int line, String way) {
    this.rule = rule;
    this.value = value;
    this.line = line;
    this.way = way;
  }

  /** What kind of secret it is, in words. */
  public String rule() {
    return rule;
  }

  /** Where it begins, from 1. */
  public int line() {
    return line;
  }

  /** How it is hidden, such as "base64", or "" if it stands there openly. */
  public String way() {
    return way;
  }

  /** The first four characters and the length. */
  public String shown() {
    int shown = Math.min(SHOWN, value.length() / 3);
    return "%s… (%d characters)".formatted(value.substring(0, shown), value.length());
  }

  /** The same for the same secret wherever it stands; cut short, so that it tells little of it. */
  public String fingerprint() {
    return Sha256.hex(value).substring(0, FINGERPRINT_DIGITS);
  }

  String value() {
    return value;
  }

  @Override
  public String toString() {
    return "%s %s in line %d".formatted(rule, shown(), line);
  }
}
