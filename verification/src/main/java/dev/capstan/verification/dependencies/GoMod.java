package dev.capstan.verification.dependencies;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.capstan.verification.dependencies.Dependency.Ecosystem;
import java.util.SortedSet;

/** Go's manifest. What is marked as indirect was chosen by others. */
final class GoMod {
  private static final Pattern REQUIRED =
      Pattern.compile(
          "^\\s*(?:require\\s+)?([^\\s/(]+\\.[^\\s/]+(?:/\\S{1,300})?)\\s+(v\\S{1,100})\\s*(//\\s*indirect)?.*$");
  private static final Pattern REPLACED =
      Pattern.compile(
          "^\\s*(?:replace\\s+)?(\\S{1,300})(?:\\s+v\\S+)?\\s+=>\\s+(\\S{1,300})(?:\\s+(v\\S{1,100}))?.*$");

  private GoMod() {}

  static void read(String text, SortedSet<Dependency> found) {
    text.lines().forEach(line -> add(line, found));
  }

  private static void add(String line, SortedSet<Dependency> found) {
    Matcher replaced = REPLACED.matcher(line);
    Matcher required = REQUIRED.matcher(line);
    if (replaced.matches()) {
      boolean place = replaced.group(3) == null;
      found.add(
          new Dependency(
              Ecosystem.GO,
              place ? replaced.group(1) : replaced.group(2),
              place ? Risk.FILE + replaced.group(2) : replaced.group(3)));
    } else if (required.matches() && required.group(3) == null) {
      found.add(new Dependency(Ecosystem.GO, required.group(1), required.group(2)));
    }
  }
}
