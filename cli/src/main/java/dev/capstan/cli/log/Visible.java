package dev.capstan.cli.log;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text of anybody, as it may stand in a log: what acts on a terminal is spelled out. */
final class Visible {
  /**
   * Controls, and what turns the direction of writing; with the C1 set, which some terminals obey.
   */
  private static final Pattern ACTS =
      Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}\\p{Cf}\\x{2028}\\x{2029}]");

  private static final Pattern ACTS_OR_INDENTS = Pattern.compile("(?![\\n\\t])" + ACTS.pattern());

  private Visible() {}

  /** One line of it. */
  static String line(String text) {
    return spelled(text, ACTS);
  }

  /** With its lines and indents, for traces of the stack. */
  static String lines(String text) {
    return spelled(text, ACTS_OR_INDENTS);
  }

  private static String spelled(String text, Pattern what) {
    Matcher found = what.matcher(text);
    return found.find()
        ? found.replaceAll(one -> "⟨U+%04X⟩".formatted(one.group().codePointAt(0)))
        : text;
  }
}
