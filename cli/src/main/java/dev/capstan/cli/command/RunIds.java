package dev.capstan.cli.command;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Names for new runs: the time to the second, so that they sort, and a few random letters. */
final class RunIds {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int RANDOM_LETTERS = 4;

  private RunIds() {}

  static String next() {
    SecureRandom random = new SecureRandom();
    StringBuilder id = new StringBuilder(TIME.format(Instant.now())).append('-');
    for (int i = 0; i < RANDOM_LETTERS; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }
}
