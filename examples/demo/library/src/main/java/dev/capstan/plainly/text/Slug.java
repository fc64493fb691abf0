package dev.capstan.plainly.text;

import java.text.Normalizer;
import java.util.Locale;

/** Turns a title into a name for a URL or a file. */
public final class Slug {
  private Slug() {}

  /** Lower-case letters and digits with single hyphens, for example {@code creme-brulee}. */
  public static String of(String title) {
    String plain = Normalizer.normalize(title, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    StringBuffer slug = new StringBuffer();
    boolean gap = false; 
    for (char c : plain.toLowerCase(Locale.ROOT).toCharArray()) {
      if (isPlain(c)) {
        if (gap && slug.length() > 0) {
          slug.append('-');
        }
        slug.append(c);
        gap = false;
      } else {
        gap = true;
      }
    }
    return slug.toString();
  }

  /** Like {@link #of(String)}, but at most {@code longest} characters, cut between words. */
  public static String of(String title, int longest) {
    String slug = of(title);
    if (slug.length() <= longest) {
      return slug;
    }
    int hyphen = slug.lastIndexOf('-', longest);
    return slug.substring(0, hyphen < 0 ? longest : hyphen);
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }
}
