package dev.capstan.plainly.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class EllipsisTest {
  @Test
  void leavesShortTextAlone() {
    assertEquals("short", Ellipsis.end("short", 5));
  }

  @Test
  void cutsTheEndOff() {
    assertEquals("a long…", Ellipsis.end("a long title", 8));
  }
}
