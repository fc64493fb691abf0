package dev.capstan.workspace.toolchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maven for real: the first measurement has the network, the second has not. */
@Tag("slow")
final class MavenRunsTest {
  private static final String POM =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>sample</groupId><artifactId>%s</artifactId><version>1</version>
        <properties>
          <maven.compiler.source>17</maven.compiler.source>
          <maven.compiler.target>17</maven.compiler.target>
        </properties>
        <dependencies><dependency>
          <groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId>
          <version>5.11.4</version><scope>test</scope>
        </dependency></dependencies>
        <build><plugins><plugin>
          <artifactId>maven-surefire-plugin</artifactId><version>3.5.4</version>%s
        </plugin>%s</plugins></build>
      </project>
      """;
  private static final String JACOCO =
      """
      <plugin>
        <groupId>org.jacoco</groupId><artifactId>jacoco-maven-plugin</artifactId>
        <version>0.8.15</version>
        <executions><execution><goals><goal>prepare-agent</goal></goals></execution></executions>
      </plugin>
      """;
  private static final String SIGNING =
      """
      <plugin>
        <artifactId>maven-gpg-plugin</artifactId><version>3.2.8</version>
        <executions><execution><phase>verify</phase><goals><goal>sign</goal></goals></execution></executions>
      </plugin>
      """;
  private static final String PARENT =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>sample</groupId><artifactId>parent</artifactId><version>1</version>
        <packaging>pom</packaging>
        <modules><module>bad</module><module>good</module></modules>
      </project>
      """;

  @TempDir private Path folder;

  private static Trial module(Trial trial, String under, String pom, String body) throws Exception {
    return trial
        .file(under + "pom.xml", pom)
        .file(
            under + "src/main/java/a/A.java",
            "package a; public class A { public int two() { return %s; } }".formatted(body))
        .file(
            under + "src/test/java/a/ATest.java",
            """
            package a;
            import static org.junit.jupiter.api.Assertions.assertEquals;
            import org.junit.jupiter.api.Test;
            class ATest {
              @Test void adds() { assertEquals(2, new A().two()); }
              @Test void differs() { assertEquals(3, new A().two()); }
            }
            """);
  }

  private void reports_cases_and_coverage(String surefire, String plugins) throws Exception {
    Trial trial = module(new Trial(folder), "", POM.formatted("one", surefire, plugins), "2");
    Toolchain toolchain = trial.found();
    assertThat(trial.measure(toolchain, false)).as(trial.log()).isZero();
    assertThat(trial.texts(toolchain.reportGlobs()))
        .contains("name=\"adds\"", "name=\"differs\"", "<failure");
    assertThat(trial.texts(toolchain.coverageGlobs())).contains("<sourcefile name=\"A.java\"");
  }

  @Test
  void failing_tests_build_and_report_cases_and_coverage_and_do_so_again_offline()
      throws Exception {
    reports_cases_and_coverage("", "");
    Trial trial = new Trial(folder);

    assertThat(trial.measure(trial.found(), true)).as(trial.log()).isZero();
    assertThat(trial.texts(trial.found().reportGlobs())).contains("name=\"differs\"");
  }

  @Test
  void coverage_is_measured_beside_a_fixed_arg_line() throws Exception {
    reports_cases_and_coverage("<configuration><argLine>-Xmx256m</argLine></configuration>", "");
  }

  @Test
  void jacoco_of_the_pom_is_not_added_twice() throws Exception {
    reports_cases_and_coverage("", JACOCO);
  }

  @Test
  void artifacts_are_not_signed_for_which_a_persons_key_would_be_needed() throws Exception {
    reports_cases_and_coverage("", SIGNING);
  }

  @Test
  void a_module_that_does_not_compile_is_told_by_the_exit_code_and_the_others_still_report()
      throws Exception {
    Trial trial = new Trial(folder).file("pom.xml", PARENT);
    module(trial, "bad/", POM.formatted("bad", "", ""), "unknown");
    module(trial, "good/", POM.formatted("good", "", ""), "2");
    Toolchain toolchain = trial.found();

    assertThat(trial.measure(toolchain, false)).isNotZero();
    assertThat(toolchain.measure().getFirst().exitCode()).isEqualTo(ExitCode.TELLS_BUILD);
    assertThat(trial.log()).contains("COMPILATION ERROR");
    assertThat(trial.texts(toolchain.reportGlobs())).containsOnlyOnce("name=\"differs\"");
  }
}
