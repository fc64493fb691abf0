package dev.capstan.workspace.toolchain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Maven. Failing tests do not fail the build, so that an exit code other than 0 means that it did
 * not build, and so that coverage is reported whatever the tests say.
 */
final class MavenRule implements Rule {
  private static final String JACOCO = "org.jacoco:jacoco-maven-plugin:";
  private static final String JACOCO_VERSION = "0.8.15";

  /** What signs with a person's key would end the build before coverage is reported. */
  private static final List<String> OPTIONS =
      List.of("-fae", "-Dmaven.test.failure.ignore=true", "-Dgpg.skip=true");

  private static final List<String> FINGERPRINT =
      List.of("**/pom.xml", ".mvn/extensions.xml", ".mvn/maven.config", ".mvn/jvm.config");

  @Override
  public Optional<Toolchain> match(WorkTree tree) throws Unusable {
    if (!tree.has("pom.xml")) {
      return Optional.empty();
    }
    return Optional.of(toolchain(MavenPoms.read(tree)));
  }

  private static Toolchain toolchain(MavenPoms poms) {
    return new Toolchain(
        Maven.NAME,
        List.of(
            "pom.xml stands in the root (" + poms.count() + " in all)", poms.coverage().reason()),
        List.of(),
        List.of(command(poms.coverage())),
        true,
        List.of("**/target/surefire-reports/TEST-*.xml", "**/target/failsafe-reports/TEST-*.xml"),
        List.of("**/target/site/jacoco*/jacoco.xml"),
        FINGERPRINT,
        List.of(Maven.REPOSITORY),
        List.of("java", "mvn"),
        Passed.and("MAVEN_OPTS"),
        List.of());
  }

  private static ToolCommand command(MavenPoms.Coverage coverage) {
    List<String> goals = new ArrayList<>(OPTIONS);
    goals.addAll(goals(coverage));
    return ToolCommand.build(Maven.argv(false, goals), Map.of())
        .withOfflineArguments(Maven.OFFLINE)
        .chosenBy(new Choosing.Appended(Maven.argv(true, OPTIONS), Choosing.Form.MAVEN));
  }

  private static List<String> goals(MavenPoms.Coverage coverage) {
    String prepare = JACOCO + JACOCO_VERSION + ":prepare-agent";
    String report = JACOCO + JACOCO_VERSION + ":report";
    return switch (coverage) {
      case ADDED -> List.of(prepare, "verify", report);
      // Surefire appends this property to the JVM's arguments even where the POM fixes argLine.
      case ADDED_PAST_ARG_LINE ->
          List.of("-Djacoco.propertyName=maven.surefire.debug", prepare, "verify", report);
      case REPORT_ADDED -> List.of("verify", JACOCO.substring(0, JACOCO.length() - 1) + ":report");
      case OWN -> List.of("verify");
    };
  }

  @Override
  public String lookedFor() {
    return "pom.xml";
  }
}
