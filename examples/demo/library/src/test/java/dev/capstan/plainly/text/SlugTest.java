package dev.capstan.plainly.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SlugTest {
  @Test
  void joinsWordsWithHyphens() {
    assertEquals("release-notes-2-0", Slug.of("Release notes: 2.0!"));
  }

  @Test
  void dropsAccents() {
    assertEquals("creme-brulee", Slug.of("Crème brûlée"));
  }

  @Test
  void hasNoHyphenAtEitherEnd() {
    assertEquals("draft", Slug.of("  (draft)  "));
  }
}
