package dev.capstan.verification.dependencies;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.capstan.verification.dependencies.Dependency.Ecosystem;
import java.util.SortedSet;

/** A build script, read line by line as far as lines tell: it is a program. */
final class GradleScript {
  private static final Pattern COORDINATES =
      Pattern.compile(
          "['\"]([A-Za-z0-9_.-]{1,100}):([A-Za-z0-9_.-]{1,100})(?::([^'\":@]{1,100}))?(?:[:@][^'\"]{0,60})?['\"]");
  private static final Pattern NAMED =
      Pattern.compile(
          "group\\s*[:=]\\s*['\"]([^'\"]{1,100})['\"]\\s*,\\s*name\\s*[:=]\\s*['\"]([^'\"]{1,100})['\"]"
              + "(?:\\s*,\\s*version\\s*[:=]\\s*['\"]([^'\"]{1,100})['\"])?");
  private static final Pattern PLUGIN =
      Pattern.compile(
          "\\bid\\s*\\(?\\s*['\"]([^'\"]{1,100})['\"]\\s*\\)?\\s*version\\s*\\(?\\s*['\"]([^'\"]{1,100})['\"]");
  private static final Pattern LOCAL_FILES =
      Pattern.compile("\\b(?:files|fileTree)\\s*\\(\\s*([^)]{1,100})\\)");
  private static final Pattern DECLARES =
      Pattern.compile(
          "(?i)^\\s*['\"]?[a-z]*(?:implementation|api|compileOnly|compileOnlyApi|runtimeOnly|classpath|kapt|ksp"
              + "|annotationProcessor|compile|runtime|provided)['\"]?\\b");

  private GradleScript() {}

  static void read(String text, SortedSet<Dependency> found) {
    text.lines()
        .map(line -> line.split("//", 2)[0].length() < 4 ? "" : line)
        .forEach(line -> readLine(line, found));
  }

  private static void readLine(String line, SortedSet<Dependency> found) {
    Matcher plugin = PLUGIN.matcher(line);
    if (plugin.find()) {
      found.add(new Dependency(Ecosystem.MAVEN, "plugin:" + plugin.group(1), plugin.group(2)));
    }
    for (Pattern pattern : new Pattern[] {COORDINATES, NAMED}) {
      Matcher matcher = pattern.matcher(line);
      while (matcher.find()) {
        String version = matcher.group(3) == null ? "" : matcher.group(3);
        String name = matcher.group(1) + ":" + matcher.group(2);
        found.add(new Dependency(Ecosystem.MAVEN, name, version));
      }
    }
    Matcher files = LOCAL_FILES.matcher(line);
    if (DECLARES.matcher(line).find() && files.find()) {
      String place = files.group(1).strip();
      found.add(new Dependency(Ecosystem.MAVEN, place, Risk.FILE + place));
    }
  }
}
