package dev.capstan.plainly.text;

/** Shortens text that is too long to show. */
public final class Ellipsis {
  private static final String MARK = "…";

  private Ellipsis() {}

  /** Cuts the end off, so that the result has at most {@code longest} characters. */
  public static String end(String text, int longest) {
    if (longest < 1) {
      throw new IllegalArgumentException("longest must be at least 1, but was " + longest);
    }
    if (text.length() <= longest) {
      return text;
    }
    return text.substring(0, longest - 1).stripTrailing() + MARK;
  }

  /** Cuts the middle out, which suits paths. */
  public static String middle(String text, int longest) {
    if (longest < 1) {
      throw new IllegalArgumentException("longest must be at least 1, but was " + longest);
    }
    if (text.length() <= longest) {
      return text;
    }
    int tail = (longest - 1) / 2;
    int head = longest - 1 - tail;
    return text.substring(0, head) + MARK + text.substring(text.length() - tail);
  }
}
