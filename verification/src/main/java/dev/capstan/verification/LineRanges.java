package dev.capstan.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Ascending line numbers as a short text, such as {@code 3,7-9}. */
final class LineRanges {
  private LineRanges() {}

  static String write(List<Integer> lines) {
    StringJoiner text = new StringJoiner(",");
    for (int from = 0; from < lines.size(); ) {
      int to = from;
      while (to + 1 < lines.size() && lines.get(to + 1) == lines.get(to) + 1) {
        to++;
      }
      text.add(from == to ? "" + lines.get(from) : lines.get(from) + "-" + lines.get(to));
      from = to + 1;
    }
    return text.toString();
  }

  static List<Integer> read(String text) {
    List<Integer> lines = new ArrayList<>();
    if (text.isEmpty()) {
      return lines;
    }
    for (String range : text.split(",", -1)) {
      String[] ends = range.split("-", 2);
      int last = Integer.parseInt(ends[ends.length - 1]);
      for (int line = Integer.parseInt(ends[0]); line <= last; line++) {
        lines.add(line);
      }
    }
    return lines;
  }
}
