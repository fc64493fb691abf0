package dev.capstan.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The hash by which an entry of the audit follows the one before it, as the database makes it:
 * SHA-256 of the array of the hash before, the position, the moment in microseconds, and the words
 * of the entry, written as PostgreSQL writes {@code jsonb}.
 */
public final class AuditHash {
  private AuditHash() {}

  /** In hexadecimal; {@code prior} is the hash of the entry before, empty for the first. */
  public static String of(String prior, AuditView entry) {
    String words =
        List.of(
                entry.who(),
                entry.token(),
                entry.organisation(),
                entry.action(),
                entry.resource(),
                entry.outcome(),
                entry.reason(),
                entry.address())
            .stream()
            .map(AuditHash::quoted)
            .collect(Collectors.joining(", "));
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, entry.at());
    return sha256("[%s, %d, %d, %s]".formatted(quoted(prior), entry.position(), micros, words));
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char one = text.charAt(i);
      switch (one) {
        case '\b' -> json.append("\\b");
        case '\f' -> json.append("\\f");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        default -> json.append(one < ' ' ? "\\u%04x".formatted((int) one) : one);
      }
    }
    return json.append('"').toString();
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
