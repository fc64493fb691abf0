package dev.capstan.verification.secrets;

import java.util.Arrays;

/** A text put together from pieces of another, which still knows in which line each began. */
final class View {
  private final String text;
  private final int[] starts;
  private final int[] lines;
  private final int pieces;

  private View(String text, int[] starts, int[] lines, int pieces) {
    this.text = text;
    this.starts = starts;
    this.lines = lines;
    this.pieces = pieces;
  }

  /** All of it stands in one line. */
  static View inLine(String text, int line) {
    return new View(text, new int[] {0}, new int[] {line}, 1);
  }

  String text() {
    return text;
  }

  int lineAt(int offset) {
    int found = Arrays.binarySearch(starts, 0, pieces, offset);
    return lines[found >= 0 ? found : Math.max(0, -found - 2)];
  }

  /** Collects pieces, in order. */
  static final class Builder {
    private final StringBuilder text = new StringBuilder();
    private int[] starts = new int[64];
    private int[] lines = new int[64];
    private int pieces;

    Builder add(CharSequence piece, int from, int to, int line) {
      if (pieces == starts.length) {
        starts = Arrays.copyOf(starts, pieces * 2);
        lines = Arrays.copyOf(lines, pieces * 2);
      }
      starts[pieces] = text.length();
      lines[pieces++] = line;
      text.append(piece, from, to);
      return this;
    }

    View build() {
      return pieces == 0 ? inLine("", 1) : new View(text.toString(), starts, lines, pieces);
    }
  }
}
