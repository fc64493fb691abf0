package dev.capstan.verification.secrets;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The parts of a text that are worth a rule's pattern: those around its keywords. */
final class Windows {
  private Windows() {}

  /** From, inclusive, to, exclusive. */
  record Window(int from, int to) {}

  /** In order, and none overlaps another. */
  static List<Window> of(String lowerCase, Rule rule) {
    List<Window> around = new ArrayList<>();
    for (String keyword : rule.keywords()) {
      int at = lowerCase.indexOf(keyword);
      while (at >= 0) {
        int to = Math.min(lowerCase.length(), at + rule.reach());
        around.add(new Window(Math.max(0, at - Rule.BEFORE), to));
        at = lowerCase.indexOf(keyword, at + keyword.length());
      }
    }
    around.sort(Comparator.comparingInt(Window::from));
    return merged(around);
  }

  private static List<Window> merged(List<Window> sorted) {
    List<Window> merged = new ArrayList<>();
    for (Window window : sorted) {
      if (!merged.isEmpty() && window.from() <= merged.getLast().to()) {
        Window last = merged.removeLast();
        merged.add(new Window(last.from(), Math.max(last.to(), window.to())));
      } else {
        merged.add(window);
      }
    }
    return merged;
  }
}
