package dev.capstan.workspace.toolchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code .capstan/config.yaml}: what it overrides and what it refuses. */
final class ConfigurationTest {
  @TempDir private Path folder;
  private Trial trial;

  @BeforeEach
  void set_up() throws Exception {
    trial = new Trial(folder);
  }

  @Test
  void a_key_that_is_given_replaces_what_was_found_and_the_rest_stays() throws Exception {
    trial
        .file("pom.xml", "<project/>")
        .file(
            ".capstan/config.yaml",
            """
            toolchain:
              measure:
                - run: [mvn, test]
                  limit_minutes: 5
                  exit_tells_build: true
                  offline_arguments: [-o]
            """);
    Toolchain toolchain = trial.found();
    ToolCommand command = toolchain.measure().getFirst();
    assertThat(toolchain.name()).isEqualTo("configured");
    assertThat(command.argv()).containsExactly("mvn", "test");
    assertThat(command.limit()).isEqualTo(Duration.ofMinutes(5));
    assertThat(command.exitCode()).isEqualTo(ExitCode.TELLS_BUILD);
    assertThat(command.offlineArguments()).containsExactly("-o");
    assertThat(toolchain.reportGlobs()).contains("**/target/surefire-reports/TEST-*.xml");
  }

  @Test
  void a_file_for_other_parts_alone_leaves_detection_as_it_is() throws Exception {
    trial.file("pom.xml", "<project/>").file(".capstan/config.yaml", "policy: {strict: true}\n");
    assertThat(trial.found().name()).isEqualTo("maven");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "measure: make | line 2 | must be a list",
        "measure: [] | line 2 | at least one command",
        "measure: [[]] | line 2 | list of a program",
        "mesure: [[make]] | line 2 | mesure is unknown",
        "reports: [x] | line 1 | needs measure",
        "measure: [{run: [make], limit_minutes: 0}] | line 2 | from 1 to 1440",
        "measure: [{run: [make], output: ../x}] | line 2 | plain file name",
        "'measure: [[make]]\n  reports: [../x]' | line 3 | in the work tree",
        "'measure: [[make]]\n  prepared: [/etc]' | line 3 | in the work tree",
        "'measure: [[make]]\n  caches: [../m2]' | line 3 | lower-case letters",
        "'measure: [[make]]\n  environment: [A=b]' | line 3 | no name of a variable",
        "measure: &a [[make]] | line 2 | anchors, aliases and tags",
        "measure: !!java.net.URL [[make]] | line 2 | anchors, aliases and tags",
        "'measure: [[make]]\n  measure: [[make]]' | line 3 | uplicate",
        "measure: [[make] | line | "
      })
  void what_is_wrong_is_told_with_its_line(String text, String line, String problem)
      throws Exception {
    trial.file(".capstan/config.yaml", "toolchain:\n  " + text + "\n");
    assertThat(trial.broken())
        .contains(".capstan/config.yaml, " + line)
        .contains(problem == null ? "" : problem);
  }
}
