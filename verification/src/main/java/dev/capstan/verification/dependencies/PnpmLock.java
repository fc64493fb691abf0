package dev.capstan.verification.dependencies;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.capstan.verification.dependencies.Dependency.Ecosystem;
import java.util.SortedSet;

/** What pnpm has chosen: the keys of its packages, in the form of each of its versions. */
final class PnpmLock {
  private static final Pattern PACKAGE =
      Pattern.compile(
          "^  ['\"]?/?((?:@[^@/\\s'\"]{1,100}/)?[^@/\\s'\"]{1,150})[@/]([^('\":\\s]{1,150})[^\\s]*:\\s*$");

  private PnpmLock() {}

  static void read(String text, SortedSet<Dependency> found) {
    boolean packages = false;
    for (String line : text.lines().toList()) {
      if (!line.isEmpty() && line.charAt(0) != ' ') {
        packages = line.startsWith("packages:");
      } else if (packages) {
        Matcher matcher = PACKAGE.matcher(line);
        if (matcher.matches()) {
          found.add(new Dependency(Ecosystem.NPM, matcher.group(1), matcher.group(2)));
        }
      }
    }
  }
}
