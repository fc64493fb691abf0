package dev.capstan.plainly.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class WrapLongWordsTest {
  @Test
  void breaksAWordThatIsLongerThanALine() {
    assertEquals(List.of("abcd", "efgh", "ij"), Wrap.lines("abcdefghij", 4));
  }

  @Test
  void startsALongWordOnALineOfItsOwn() {
    assertEquals(List.of("go", "abcd", "ef"), Wrap.lines("go abcdef", 4));
  }

  @Test
  void goesOnBehindTheRestOfALongWord() {
    assertEquals(List.of("abcd", "e to"), Wrap.lines("abcde to", 4));
  }

  @Test
  void keepsSurrogatePairsTogether() {
    assertEquals(List.of("😀", "😀"), Wrap.lines("😀😀", 1));
  }
}
