package dev.capstan.verification.dependencies;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.capstan.verification.dependencies.Dependency.Ecosystem;
import java.util.Locale;
import java.util.SortedSet;

/** pip's list, and single requirements as other manifests of Python write them. */
final class Requirements {
  private static final Pattern NAMED =
      Pattern.compile(
          "^([A-Za-z0-9][A-Za-z0-9._-]{0,100})\\s*(?:\\[[^\\]]{0,200}\\])?\\s*(@\\s*\\S{1,300}|[^;#]{0,200})");
  private static final Pattern PLACE =
      Pattern.compile(
          "^(?:-e\\s+|--editable[ =])?((?:git\\+|hg\\+|svn\\+|bzr\\+|https?:|file:|\\.{0,2}/)\\S{1,300})");

  private Requirements() {}

  static void read(String text, SortedSet<Dependency> found) {
    text.replace("\\\n", " ").lines().map(String::strip).forEach(line -> add(line, found));
  }

  static void add(String line, SortedSet<Dependency> found) {
    Matcher place = PLACE.matcher(line);
    Matcher named = NAMED.matcher(line);
    if (place.find()) {
      found.add(new Dependency(Ecosystem.PYTHON, place.group(1), place.group(1)));
    } else if (named.find()) {
      String version = named.group(2).split(" --", 2)[0].strip();
      String asked = version.startsWith("@") ? version.substring(1).strip() : version;
      found.add(dependency(named.group(1), asked));
    }
  }

  /** None asked for is any. */
  static Dependency dependency(String name, String version) {
    String usual = name.toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
    return new Dependency(Ecosystem.PYTHON, usual, version.isEmpty() ? "*" : version);
  }
}
