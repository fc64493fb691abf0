package dev.capstan.worker;

import dev.capstan.core.run.Brief;
import java.util.Locale;

/** What the outside sees of a run: a branch and a title. */
final class Branches {
  private static final int LONGEST_WORDS = 40;
  private static final int LONGEST_TITLE = 100;

  private Branches() {}

  /** {@code capstan/words-of-the-goal-run}. */
  static String of(Brief brief) {
    String words =
        brief
            .goal()
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-+|-+$", "");
    String start =
        words.substring(0, Math.min(LONGEST_WORDS, words.length())).replaceAll("-+$", "");
    return "capstan/" + (start.isEmpty() ? "" : start + '-') + brief.run();
  }

  /** The goal's first line. */
  static String title(Brief brief) {
    String line = brief.goal().lines().findFirst().orElse("").strip();
    return line.length() <= LONGEST_TITLE ? line : line.substring(0, LONGEST_TITLE - 1) + "…";
  }
}
