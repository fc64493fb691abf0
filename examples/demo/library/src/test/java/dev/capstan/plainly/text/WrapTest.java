package dev.capstan.plainly.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class WrapTest {
  @Test
  void breaksBetweenWords() {
    assertEquals(
        List.of("the quick", "brown fox", "jumps"), Wrap.lines("the quick brown fox jumps", 10));
  }

  @Test
  void fillsALineToItsWidth() {
    assertEquals(List.of("ab cd", "ef"), Wrap.lines("ab cd ef", 5));
  }

  @Test
  void keepsLineBreaks() {
    assertEquals(List.of("one", "", "two"), Wrap.lines("one\n\ntwo", 20));
  }

  @Test
  void losesNoCharacterOfALongWord() {
    String text = "see https://example.org/a/long/path for more";
    assertEquals(text.replace(" ", ""), String.join("", Wrap.lines(text, 12)).replace(" ", ""));
  }

  @Test
  void refusesAWidthOfZero() {
    assertThrows(IllegalArgumentException.class, () -> Wrap.lines("text", 0));
  }
}
