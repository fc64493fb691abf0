package dev.capstan.plainly.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AgeTest {
  private static final Instant NOW = Instant.parse("2024-05-01T12:00:00Z");

  @Test
  void saysMinutes() {
    assertEquals("3 minutes ago", age(Duration.ofMinutes(3)));
  }

  @Test
  void saysOneHour() {
    assertEquals("1 hour ago", age(Duration.ofMinutes(61)));
  }

  @Test
  void saysJustNow() {
    assertEquals("just now", age(Duration.ofSeconds(59)));
  }

  private static String age(Duration duration) {
    return Age.of(NOW.minus(duration), NOW);
  }
}
