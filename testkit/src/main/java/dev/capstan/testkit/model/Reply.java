package dev.capstan.testkit.model;

import java.util.ArrayList;
import java.util.List;

/** What is to be said, with its tools chosen. */
record Reply(int number, String model, String text, List<ToolCall> calls, Usage usage) {
  private static final int PIECE = 12;

  Reply {
    calls = List.copyOf(calls);
  }

  /** A text as a stream brings it: a few characters at a time. */
  static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    int[] points = text.codePoints().toArray();
    for (int from = 0; from < points.length; from += PIECE) {
      pieces.add(new String(points, from, Math.min(PIECE, points.length - from)));
    }
    return pieces;
  }
}
