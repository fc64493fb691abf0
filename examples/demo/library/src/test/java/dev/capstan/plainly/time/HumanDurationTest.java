package dev.capstan.plainly.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HumanDurationTest {
  @Test
  void readsHoursAndMinutes() {
    assertEquals(Duration.ofMinutes(90), HumanDuration.parse("1h 30m"));
  }

  @Test
  void readsDaysAndSeconds() {
    assertEquals(Duration.ofDays(2).plusSeconds(5), HumanDuration.parse("2d5s"));
  }

  @Test
  void refusesOtherText() {
    assertThrows(IllegalArgumentException.class, () -> HumanDuration.parse("soon"));
  }

  @Test
  void refusesMoreThanADurationHolds() {
    assertThrows(
        IllegalArgumentException.class, () -> HumanDuration.parse("9000000000000000000d"));
  }

  @Test
  void writesWhatItReads() {
    assertEquals("1d 2h 3s", HumanDuration.format(HumanDuration.parse("26h 3s")));
  }
}
