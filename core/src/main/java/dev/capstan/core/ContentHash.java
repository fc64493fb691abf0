package dev.capstan.core;

import java.util.regex.Pattern;

/** The name of an artifact: the SHA-256 of its bytes, as 64 lower-case hexadecimal digits. */
public record ContentHash(String value) {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  public ContentHash {
    if (!HEX.matcher(value).matches()) {
      throw new IllegalArgumentException("not a SHA-256: \"" + value + '"');
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
