package dev.capstan.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The name of an artifact: the SHA-256 of its bytes, as 64 lower-case hexadecimal digits. */
public record ContentHash(String value) {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  public ContentHash {
    if (!HEX.matcher(value).matches()) {
      throw new IllegalArgumentException("not a SHA-256: \"" + value + '"');
    }
  }

  /** Of the whole content. */
  public static ContentHash of(byte[] content) {
    return of(sha256(), content);
  }

  /** Of the text as UTF-8. */
  public static ContentHash of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Of what a digest has been fed. */
  public static ContentHash of(MessageDigest digest) {
    return new ContentHash(HexFormat.of().formatHex(digest.digest()));
  }

  private static ContentHash of(MessageDigest digest, byte[] content) {
    digest.update(content);
    return of(digest);
  }

  /** A new digest, for content that comes in parts. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
