package dev.capstan.workspace.toolchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The derived commands with the real tools, as far as they need no network. */
final class LocalRunsTest {
  private static final String NODE_TEST =
      """
      const {test} = require('node:test');
      const assert = require('node:assert');
      const {two} = require('./two');
      test('adds', () => assert.equal(two(), 2));
      test('differs', () => assert.equal(two(), 3));
      """;

  @TempDir private Path folder;
  private Trial trial;

  @BeforeEach
  void set_up() throws Exception {
    trial = new Trial(folder);
  }

  @Test
  void a_plain_node_test_reports_each_case_and_coverage() throws Exception {
    trial
        .file("package.json", "{\"scripts\": {\"test\": \"node --test\"}}")
        .file("two.js", "exports.two = () => 2;\n")
        .file("two.test.js", NODE_TEST);

    Toolchain toolchain = trial.found();

    assertThat(trial.run(toolchain)).isEqualTo(1);
    assertThat(trial.texts(toolchain.reportGlobs()))
        .contains("<testcase name=\"adds\"", "<testcase name=\"differs\"", "<failure");
    assertThat(trial.texts(toolchain.coverageGlobs())).contains("SF:two.js", "end_of_record");
    assertThat(trial.log()).contains("adds");
  }

  @Test
  void a_node_test_behind_a_shell_script_reports_each_case() throws Exception {
    trial
        .file("package.json", "{\"scripts\": {\"test\": \"echo first && node --test *.test.js\"}}")
        .file("two.js", "exports.two = () => 2;\n")
        .file("two.test.js", NODE_TEST);

    Toolchain toolchain = trial.found();

    assertThat(trial.run(toolchain)).isEqualTo(1);
    assertThat(trial.texts(toolchain.reportGlobs()))
        .contains("<testcase name=\"adds\"", "<testcase name=\"differs\"");
    assertThat(toolchain.because()).anyMatch(reason -> reason.contains("without coverage"));
  }

  @Test
  void pytest_reports_each_case_of_a_package_under_src() throws Exception {
    trial
        .file("pyproject.toml", "[tool.pytest.ini_options]\n")
        .file("src/pack/__init__.py", "def two():\n    return 2\n")
        .file(
            "tests/test_two.py",
            """
            from pack import two
            def test_two(): assert two() == 2
            def test_three(): assert two() == 3
            """);

    Toolchain toolchain = trial.found();

    assertThat(toolchain.name()).isEqualTo("pytest");
    assertThat(trial.run(toolchain)).as(trial.log()).isEqualTo(1);
    assertThat(trial.texts(toolchain.reportGlobs()))
        .contains("name=\"test_two\"", "name=\"test_three\"", "<failure");
    assertThat(trial.tree.resolve(".pytest_cache")).doesNotExist();
  }

  @Test
  void make_keeps_tap_from_the_output() throws Exception {
    trial.file(
        "Makefile",
        """
        check:
        	@false
        test:
        	echo '1..2'
        	echo 'ok 1 - adds'
        	echo 'not ok 2 - differs'
        """);

    Toolchain toolchain = trial.found();

    assertThat(trial.run(toolchain)).isZero();
    assertThat(trial.texts(toolchain.reportGlobs()))
        .isEqualTo("1..2\nok 1 - adds\nnot ok 2 - differs\n");
  }

  @Test
  void make_may_write_junit_into_the_tree() throws Exception {
    trial.file("Makefile", "check:\n\techo '<testsuite/>' > junit-all.xml\n");

    Toolchain toolchain = trial.found();

    assertThat(trial.run(toolchain)).isZero();
    assertThat(trial.texts(toolchain.reportGlobs())).contains("<testsuite/>");
  }

  @Test
  void a_configured_command_runs_with_its_output_and_variables() throws Exception {
    trial.file(
        ".capstan/config.yaml",
        """
        toolchain:
          measure:
            - run: [sh, -c, 'echo "ok 1 - $WHO"']
              environment: {WHO: crew}
              output: out.tap
          reports: [/capstan/reports/out.tap]
        """);

    Toolchain toolchain = trial.found();

    assertThat(trial.run(toolchain)).isZero();
    assertThat(trial.texts(toolchain.reportGlobs())).isEqualTo("ok 1 - crew\n");
    assertThat(toolchain.measure().getFirst().argv())
        .isEqualTo(List.of("sh", "-c", "echo \"ok 1 - $WHO\""));
  }

  @Test
  @EnabledIf(value = "hasCargo", disabledReason = "DID_NOT_RUN: Cargo is not installed")
  void cargo_reports_each_case_of_a_workspace() throws Exception {
    trial
        .file("Cargo.toml", "[workspace]\nmembers = [\"two\"]\nresolver = \"2\"\n")
        .file(
            "two/Cargo.toml",
            "[package]\nname = \"two\"\nversion = \"0.1.0\"\nedition = \"2021\"\n")
        .file(
            "two/src/lib.rs",
            """
            pub fn two() -> u8 { 2 }
            #[test] fn is_two() { assert_eq!(two(), 2); }
            #[test] fn is_three() { assert_eq!(two(), 3); }
            """);

    Toolchain toolchain = trial.found();

    assertThat(toolchain.name()).isEqualTo("cargo");
    assertThat(trial.measure(toolchain, true)).as(trial.log()).isNotZero();
    assertThat(trial.texts(toolchain.reportGlobs()))
        .contains("test is_two ... ok", "test is_three ... FAILED", "test result: FAILED.", "two-");
  }

  static boolean hasCargo() {
    return !Probe.onPath("cargo").isEmpty();
  }

  @Test
  @EnabledIf(value = "hasGo", disabledReason = "DID_NOT_RUN: Go is not installed")
  void go_reports_each_case_and_coverage() throws Exception {
    trial
        .file("go.mod", "module example.org/two\n\ngo 1.19\n")
        .file("two.go", "package two\n\nfunc Two() int { return 2 }\n")
        .file(
            "two_test.go",
            """
            package two
            import "testing"
            func TestTwo(t *testing.T) { if Two() != 2 { t.Fatal() } }
            func TestThree(t *testing.T) { if Two() != 3 { t.Fatal("not three") } }
            """);

    Toolchain toolchain = trial.found();

    assertThat(trial.measure(toolchain, true)).as(trial.log()).isEqualTo(1);
    assertThat(trial.texts(toolchain.reportGlobs()))
        .contains("\"Action\":\"pass\"", "\"Test\":\"TestThree\"");
    assertThat(trial.texts(toolchain.coverageGlobs())).contains("example.org/two/two.go:3.");
  }

  static boolean hasGo() {
    return !Probe.onPath("go").isEmpty();
  }
}
