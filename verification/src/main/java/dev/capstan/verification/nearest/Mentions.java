package dev.capstan.verification.nearest;

import java.util.Locale;
import java.util.Set;

/** How often a text names what was changed. */
final class Mentions {
  private Mentions() {}

  static int of(Set<String> subjects, String text) {
    int found = 0;
    int at = 0;
    while (at < text.length()) {
      int start = at;
      while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
        at++;
      }
      if (at > start) {
        String word = text.substring(start, at).toLowerCase(Locale.ROOT).replace("_", "");
        found += subjects.contains(word) ? 1 : 0;
      }
      at++;
    }
    return found;
  }
}
