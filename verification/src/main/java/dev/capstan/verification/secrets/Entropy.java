package dev.capstan.verification.secrets;

import java.util.HashMap;
import java.util.Map;

/** How random a text is. */
final class Entropy {
  private static final double RANDOM = 3.5;
  private static final int TRANSITIONS = 3;

  private Entropy() {}

  /** Shannon's, in bits for each character. */
  static double of(String text) {
    Map<Integer, Integer> counts = new HashMap<>();
    text.chars().forEach(character -> counts.merge(character, 1, Integer::sum));
    double bits = 0;
    for (int count : counts.values()) {
      double share = (double) count / text.length();
      bits -= share * Math.log(share) / Math.log(2);
    }
    return bits;
  }

  /** True for what no person would name something: many characters, letters and digits mixed. */
  static boolean isRandom(String text) {
    return of(text) >= RANDOM && transitions(text) >= TRANSITIONS && !Placeholders.inToken(text);
  }

  /** How often a letter and a digit stand side by side. */
  static int transitions(String text) {
    int found = 0;
    for (int i = 1; i < text.length(); i++) {
      char before = text.charAt(i - 1);
      char now = text.charAt(i);
      if ((Character.isDigit(before) && Character.isLetter(now))
          || (Character.isLetter(before) && Character.isDigit(now))) {
        found++;
      }
    }
    return found;
  }
}
