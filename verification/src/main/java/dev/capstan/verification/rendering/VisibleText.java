package dev.capstan.verification.rendering;

import java.util.List;
import java.util.Locale;

/**
 * Untrusted text made safe for the eye: what a reader cannot see is spelled out, and what is too
 * long is cut with a note. It is not yet escaped for any format.
 */
final class VisibleText {
  private static final int MARKS_IN_A_ROW = 3;

  private VisibleText() {}

  /** One line of prose: line ends are shown as {@code ⏎}, runs of spaces are one. */
  static String line(String raw, int limit) {
    return exact(raw, limit).replaceAll(" {2,}", " ").strip();
  }

  /** As {@link #line}, but each line of its own; blank lines are left out. */
  static List<String> lines(String raw, int limit) {
    return cut(raw, limit).lines().map(l -> line(l, limit)).filter(l -> !l.isEmpty()).toList();
  }

  /** One line with its spaces kept, for code. */
  static String exact(String raw, int limit) {
    return visible(cut(raw, limit).replace("\r\n", "\n"));
  }

  private static String cut(String raw, int limit) {
    int length = raw.codePointCount(0, raw.length());
    if (length <= limit) {
      return raw;
    }
    String kept = raw.substring(0, raw.offsetByCodePoints(0, limit)).stripTrailing();
    return String.format(Locale.ROOT, "%s … (cut: %,d of %,d characters)", kept, limit, length);
  }

  private static String visible(String raw) {
    StringBuilder shown = new StringBuilder(raw.length());
    int marks = 0;
    for (int i = 0; i < raw.length(); i += Character.charCount(raw.codePointAt(i))) {
      int point = raw.codePointAt(i);
      marks = isMark(point) ? marks + 1 : 0;
      append(shown, point, marks);
    }
    return shown.toString();
  }

  private static void append(StringBuilder shown, int point, int marks) {
    if (point == '\n') {
      shown.append(" ⏎ ");
    } else if (Character.getType(point) == Character.SPACE_SEPARATOR) {
      shown.append(' ');
    } else if (isHidden(point) || marks > MARKS_IN_A_ROW) {
      shown.append("⟨U+%04X⟩".formatted(point));
    } else {
      shown.appendCodePoint(point);
    }
  }

  private static boolean isMark(int point) {
    int type = Character.getType(point);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }

  private static boolean isHidden(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> isBlank(point);
    };
  }

  /** Letters, symbols and marks that have no ink: fillers, the empty Braille cell, selectors. */
  private static boolean isBlank(int point) {
    return switch (point) {
      case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
      default ->
          (point >= 0xFE00 && point < 0xFE0E)
              || (point >= 0x180B && point <= 0x180F)
              || (point >= 0xE0100 && point <= 0xE01EF);
    };
  }
}
