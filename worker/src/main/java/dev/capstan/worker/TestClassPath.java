package dev.capstan.worker;

import dev.capstan.verification.report.SurefireProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tests are started with.
 *
 * @param usesPlatform whether they are tests of the JUnit platform
 */
record TestClassPath(List<String> entries, boolean usesPlatform) {
  private static final String REPOSITORY = "/capstan/cache/m2/";
  private static final String PLATFORM = "org/junit/platform/junit-platform-";
  private static final Pattern ENGINE =
      Pattern.compile(
          Pattern.quote(REPOSITORY + PLATFORM)
              + "(?:engine|commons)/([A-Za-z0-9.-]{1,60})/[^/]{1,120}\\.jar");

  TestClassPath {
    entries = List.copyOf(entries);
  }

  /**
   * The class path as Surefire says it, and the launcher of the JUnit platform, which Surefire
   * fetches for itself.
   *
   * @param caches of the project, on this side of the sandbox
   */
  static TestClassPath of(SurefireProperties surefire, Path caches) {
    List<String> entries = new ArrayList<>(surefire.classPath());
    Optional<String> version =
        entries.stream()
            .map(ENGINE::matcher)
            .filter(Matcher::matches)
            .map(found -> found.group(1))
            .findFirst();
    boolean launches = entries.stream().anyMatch(entry -> entry.contains(PLATFORM + "launcher/"));
    if (version.isPresent() && !launches) {
      String launcher =
          PLATFORM
              + "launcher/%s/junit-platform-launcher-%s.jar"
                  .formatted(version.get(), version.get());
      if (Files.isRegularFile(caches.resolve("m2").resolve(launcher))) {
        entries.add(REPOSITORY + launcher);
      }
    }
    return new TestClassPath(entries, version.isPresent() || launches);
  }
}
