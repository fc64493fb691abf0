package dev.capstan.verification.secrets;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.function.Predicate;

/**
 * One kind of secret.
 *
 * @param name in words
 * @param keywords in lower case; where none stands near, the pattern is not tried
 * @param pattern matched in linear time; its last group is the secret
 * @param joined the same for texts whose pieces were joined, so that no gap is left before it
 * @param reach how many characters after a keyword the secret may end
 * @param distinct true if nothing else looks like it, so that texts may be joined to find it
 * @param believable false for what only looks like a secret
 */
record Rule(
    String name,
    List<String> keywords,
    Pattern pattern,
    Pattern joined,
    int reach,
    boolean distinct,
    Predicate<String> believable) {
  /** How far before a keyword the pattern may begin. */
  static final int BEFORE = 80;

  private static final int USUAL_REACH = 600;

  static Rule format(String name, String pattern, String... keywords) {
    return new Rule(
        name,
        List.of(keywords),
        Pattern.compile("(?:^|[^A-Za-z0-9_])(" + pattern + ")"),
        Pattern.compile("(" + pattern + ")"),
        USUAL_REACH,
        true,
        value -> !Placeholders.inToken(value));
  }

  static Rule near(String name, Pattern pattern, Predicate<String> believable, String... keywords) {
    return new Rule(name, List.of(keywords), pattern, pattern, USUAL_REACH, false, believable);
  }

  Rule reaching(int characters) {
    return new Rule(name, keywords, pattern, joined, characters, distinct, believable);
  }
}
