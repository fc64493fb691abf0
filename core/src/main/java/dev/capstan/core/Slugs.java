package dev.capstan.core;

import java.util.regex.Pattern;

/** The one shape of a name that may stand in a path, a git ref and a URL without escaping. */
public final class Slugs {
  private static final Pattern SLUG = Pattern.compile("[a-z0-9](?:[a-z0-9_-]|[.](?![.])){0,99}");

  private Slugs() {}

  /**
   * True for 1 to 100 of {@code [a-z0-9._-]}, starting with a letter or digit, with no {@code ..}
   * and no final dot.
   */
  public static boolean isSlug(String value) {
    return SLUG.matcher(value).matches() && !value.endsWith(".") && !value.endsWith(".lock");
  }

  static void require(String what, String value) {
    if (!isSlug(value)) {
      throw new IllegalArgumentException(
          what
              + " must be 1 to 100 of a-z, 0-9, '.', '_' or '-', starting with a letter or digit, but was \""
              + value
              + '"');
    }
  }
}
