package dev.capstan.workspace.toolchain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Gradle with JVM projects. The wrapper of the repository is run where there is one, in the sandbox
 * only. Failing tests do not fail the build, and JaCoCo is applied by an init script of ours, so
 * that the repository's own configuration need not know it.
 */
final class GradleRule implements Rule {
  private static final Cache USER_HOME = Cache.named("gradle");
  private static final String INIT = Toolchain.report("capstan.init.gradle");
  private static final List<String> SIGNS =
      List.of("settings.gradle", "settings.gradle.kts", "build.gradle", "build.gradle.kts");

  /** The script comes by a variable: the folder of reports is empty when a command starts. */
  private static final String WITH_INIT =
      "printf '%s' \"$CAPSTAN_INIT\" > " + INIT + " && exec \"$@\"";

  private static final String SCRIPT =
      """
      allprojects {
        plugins.withId('java') {
          apply plugin: 'jacoco'
          tasks.withType(Test).configureEach {
            ignoreFailures = true
            filter.failOnNoMatchingTests = false
            reports.junitXml.required = true
            outputs.upToDateWhen { false }
          }
          tasks.withType(JacocoReport).configureEach { reports.xml.required = true }
          tasks.named('test') { finalizedBy 'jacocoTestReport' }
        }
      }
      """;

  private final BooleanSupplier hasGradle;

  /**
   * @param hasGradle whether gradle is on the PATH
   */
  GradleRule(BooleanSupplier hasGradle) {
    this.hasGradle = hasGradle;
  }

  @Override
  public Optional<Toolchain> match(WorkTree tree) {
    Optional<String> sign = SIGNS.stream().filter(tree::has).findFirst();
    boolean wrapper =
        tree.has("gradlew")
            && tree.has("gradle/wrapper/gradle-wrapper.jar")
            && tree.has("gradle/wrapper/gradle-wrapper.properties");
    return sign.map(file -> toolchain(file, wrapper));
  }

  private Toolchain toolchain(String sign, boolean wrapper) {
    List<String> program = wrapper ? List.of("sh", "./gradlew") : List.of("gradle");
    return new Toolchain(
        "gradle",
        List.of(sign + " stands in the root", runs(wrapper), "JaCoCo is applied by an init script"),
        List.of(),
        List.of(command(program)),
        true,
        List.of("**/build/test-results/**/TEST-*.xml"),
        List.of("**/build/reports/jacoco/**/*.xml"),
        List.of(
            "**/*.gradle",
            "**/*.gradle.kts",
            "**/gradle.properties",
            "**/gradle.lockfile",
            "gradle/*.toml",
            "gradle/wrapper/**"),
        List.of(USER_HOME),
        wrapper ? List.of("java") : List.of("java", "gradle"),
        Passed.and("GRADLE_OPTS"),
        List.of());
  }

  private String runs(boolean wrapper) {
    if (wrapper) {
      return "the repository's wrapper is run";
    }
    return hasGradle.getAsBoolean()
        ? "no whole wrapper: gradle of the PATH is run"
        : "no whole wrapper, and no gradle on the PATH: install it, or commit the wrapper";
  }

  private static ToolCommand command(List<String> program) {
    List<String> words =
        List.of(
            "--no-daemon",
            "--continue",
            "--console=plain",
            "--no-configuration-cache",
            "--project-cache-dir=/tmp/gradle-project",
            "--init-script",
            INIT);
    Map<String, String> environment =
        Map.of("GRADLE_USER_HOME", USER_HOME.insidePath(), "CAPSTAN_INIT", SCRIPT);
    List<String> common = join(join(List.of("sh", "-c", WITH_INIT, "gradle"), program), words);
    return ToolCommand.build(join(common, List.of("testClasses", "test")), environment)
        .withOfflineArguments("--offline")
        .chosenBy(
            new Choosing.Appended(
                join(common, List.of("--offline", "test")), Choosing.Form.GRADLE));
  }

  private static List<String> join(List<String> one, List<String> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }

  @Override
  public String lookedFor() {
    return "settings.gradle or build.gradle";
  }
}
