package dev.capstan.verification.frozen;

import java.util.Collection;
import java.util.regex.Pattern;

/**
 * Files that would be loaded in the place of a test tool: class paths and module paths look into
 * the project first. A project that is such a tool itself has them in its base commit.
 */
final class Shadows {
  private static final Pattern JVM =
      Pattern.compile(
          "(?:^|.*/)(?:org/(?:junit|opentest4j|assertj|hamcrest|mockito|testng|jacoco|pitest)|junit/framework|kotlin/test|io/kotest|org/apache/maven/surefire)/.*");
  private static final Pattern PYTHON =
      Pattern.compile(
          "(?:src/)?(?:pytest|_pytest|pluggy|iniconfig|unittest|coverage|pytest_cov|hypothesis|nose|mock)(?:\\.py|/.*)");

  private Shadows() {}

  /** True if the base has nothing of the kind. */
  static boolean areNew(String path, Collection<String> base) {
    return areNew(path, base, JVM) || areNew(path, base, PYTHON);
  }

  private static boolean areNew(String path, Collection<String> base, Pattern places) {
    return places.matcher(path).matches()
        && base.stream().noneMatch(known -> places.matcher(known).matches());
  }
}
