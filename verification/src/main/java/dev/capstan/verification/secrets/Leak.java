package dev.capstan.verification.secrets;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A secret that stands in a text. Only the scan sees its value; nothing prints it. */
public final class Leak {
  private static final int SHOWN = 4;
  private static final int FINGERPRINT_BYTES = 6;

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
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  String value() {
    return value;
  }

  @Override
  public String toString() {
    return "%s %s in line %d".formatted(rule, shown(), line);
  }
}
