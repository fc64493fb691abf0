package dev.capstan.plainly.time;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Reads points in time from log files, which write them in several ways. */
public final class Timestamps {
  private Timestamps() {}

  /**
   * Reads seconds since 1970 or an ISO 8601 time with an offset.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public static Instant parse(String text) {
    String trimmed = text.trim();
    Optional<Instant> epoch = epochSeconds(trimmed);
    if (epoch.isPresent()) {
      return epoch.get();
    }
    try {
      return OffsetDateTime.parse(trimmed).toInstant();
    } catch (Exception e) {
      throw new IllegalArgumentException("neither seconds nor an ISO 8601 time: " + text, e);
    }
  }

  private static Optional<Instant> epochSeconds(String text) {
    try {
      return Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
    } catch (Exception e) {
      return Optional.empty();
    }
  }
}
