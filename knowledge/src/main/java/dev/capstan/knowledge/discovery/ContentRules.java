package dev.capstan.knowledge.discovery;

import dev.capstan.knowledge.FileState.Reason;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a file's text says about where it comes from. */
final class ContentRules {
  private static final int HEAD_LINES = 20;
  private static final int LONGEST_LOOKED_AT = 300;
  private static final Pattern GENERATED =
      Pattern.compile(
          "(?i)@generated\\b|<auto-?generated|code generated .{0,200}do not edit"
              + "|\\b(?:auto-?)?generated\\b.{0,100}\\bdo not (?:edit|modify|change)"
              + "|\\bdo not (?:edit|modify)\\b.{0,100}\\bgenerated\\b");
  private static final String LFS = "version https://git-lfs.github.com/spec/v1\n";
  private static final int SMALLEST_MINIFIED = 2_000;
  private static final int LONG_ON_AVERAGE = 400;
  private static final int LONG_AT_ANY_RATE = 20_000;

  private ContentRules() {}

  static Optional<Reason> reason(String text) {
    if (text.isBlank()) {
      return Optional.of(Reason.EMPTY);
    }
    if (text.startsWith(LFS)) {
      return Optional.of(Reason.LARGE_FILE_POINTER);
    }
    boolean generated =
        text.lines()
            .limit(HEAD_LINES)
            .map(line -> line.substring(0, Math.min(line.length(), LONGEST_LOOKED_AT)))
            .anyMatch(line -> GENERATED.matcher(line).find());
    if (generated) {
      return Optional.of(Reason.GENERATED);
    }
    return isMinified(text) ? Optional.of(Reason.MINIFIED) : Optional.empty();
  }

  private static boolean isMinified(String text) {
    if (text.length() < SMALLEST_MINIFIED) {
      return false;
    }
    int lines = 1;
    int longest = 0;
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      lines++;
      longest = Math.max(longest, end - start);
      start = end + 1;
    }
    longest = Math.max(longest, text.length() - start);
    return longest > LONG_AT_ANY_RATE || text.length() / lines > LONG_ON_AVERAGE;
  }
}
