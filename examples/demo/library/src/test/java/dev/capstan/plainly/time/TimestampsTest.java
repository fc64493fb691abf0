package dev.capstan.plainly.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimestampsTest {
  @Test
  void readsSecondsSince1970() {
    assertEquals(Instant.parse("2001-09-09T01:46:40Z"), Timestamps.parse("1000000000"));
  }

  @Test
  void readsIsoTimesWithAnOffset() {
    assertEquals(
        Instant.parse("2024-05-01T10:00:00Z"), Timestamps.parse(" 2024-05-01T12:00:00+02:00"));
  }

  @Test
  void refusesOtherText() {
    assertThrows(IllegalArgumentException.class, () -> Timestamps.parse("yesterday"));
  }
}
