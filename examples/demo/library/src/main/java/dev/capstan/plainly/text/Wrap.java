package dev.capstan.plainly.text;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines of a given width. */
public final class Wrap {
  private Wrap() {}

  /**
   * Breaks text at white space. A line break in the text always ends a line.
   *
   * @param width characters of a line, at least 1
   * @return the lines, without trailing spaces
   */
  public static List<String> lines(String text, int width) {
    if (width < 1) {
      throw new IllegalArgumentException("width must be at least 1, but was " + width);
    }
    List<String> lines = new ArrayList<>();
    for (String paragraph : text.split("\n", -1)) {
      wrap(paragraph, width, lines);
    }
    return lines;
  }

  private static void wrap(String paragraph, int width, List<String> lines) {
    StringBuilder line = new StringBuilder();
    for (String word : paragraph.trim().split("\\s+")) {
      if (line.length() > 0 && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      if (line.length() > 0) {
        line.append(' ');
      }
      line.append(word);
    }
    lines.add(line.toString());
  }
}
