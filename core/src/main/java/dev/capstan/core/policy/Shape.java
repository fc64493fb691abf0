package dev.capstan.core.policy;

import java.util.List;

/** Which values a setting takes, and which of two is the tighter one. */
public sealed interface Shape {
  /** A count. */
  record Whole(int least, int most, boolean moreIsTighter) implements Shape {}

  /** A count of which a smaller one is tighter, and 0, no limit at all, is the loosest. */
  record UpTo(int most) implements Shape {}

  /** Hundredths, which people write as a number with two decimals. */
  record Hundredths(int most, boolean moreIsTighter) implements Shape {}

  /** Names of checks; tighter is the union, or what is in both. */
  record Checks(boolean moreIsTighter) implements Shape {}

  /** Globs or names of any kind; tighter is the union. */
  record Texts() implements Shape {}

  /** Names that are allowed, or {@value #ANY}; tighter is what both allow. */
  record Allowed() implements Shape {
    static final String ANY = "any";
  }

  /** One of these words, the loosest first. */
  record OneOf(List<String> loosestFirst) implements Shape {
    public OneOf {
      loosestFirst = List.copyOf(loosestFirst);
    }
  }

  /** What follows a failure. */
  record Actions() implements Shape {}
}
