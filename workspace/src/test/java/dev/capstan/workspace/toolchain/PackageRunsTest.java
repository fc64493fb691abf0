package dev.capstan.workspace.toolchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runners that must be fetched first: those of npm, and pytest with coverage. */
@Tag("slow")
final class PackageRunsTest {
  private static final String CASES =
      """
      test('adds', () => { expect(two()).toBe(2); });
      test('differs', () => { expect(two()).toBe(3); });
      """;

  @TempDir private Path folder;
  private Trial trial;

  @BeforeEach
  void set_up() throws Exception {
    trial = new Trial(folder);
  }

  private Trial npm(String script, String dependencies) throws Exception {
    return trial.file(
        "package.json",
        "{\"scripts\": {\"test\": \"%s\"}, \"devDependencies\": {%s}}"
            .formatted(script, dependencies));
  }

  @Test
  void vitest_reports_each_case_and_coverage() throws Exception {
    npm("vitest", "\"vitest\": \"^3.0.0\", \"@vitest/coverage-v8\": \"^3.0.0\"")
        .file("two.js", "export function two() { return 2; }\n")
        .file(
            "two.test.js",
            "import {test, expect} from 'vitest'; import {two} from './two';\n" + CASES);

    Toolchain toolchain = trial.found();

    assertThat(trial.run(toolchain)).as(trial.log()).isEqualTo(1);
    assertThat(trial.texts(toolchain.reportGlobs()))
        .contains("name=\"adds\"", "name=\"differs\"", "<failure");
    assertThat(trial.texts(toolchain.coverageGlobs())).contains("SF:two.js");
    assertThat(toolchain.prepared()).containsExactly("node_modules");
    assertThat(trial.tree.resolve("package-lock.json")).doesNotExist();
  }

  @Test
  void jest_reports_each_case_and_coverage() throws Exception {
    npm("jest", "\"jest\": \"^29.7.0\"")
        .file("two.js", "exports.two = () => 2;\n")
        .file("two.test.js", "const {two} = require('./two');\n" + CASES);

    Toolchain toolchain = trial.found();

    assertThat(trial.run(toolchain)).as(trial.log()).isEqualTo(1);
    assertThat(trial.texts(toolchain.reportGlobs()))
        .contains("\"title\":\"adds\"", "\"title\":\"differs\"", "\"status\":\"failed\"");
    assertThat(trial.texts(toolchain.coverageGlobs())).contains("SF:two.js");
  }

  @Test
  void mocha_and_tape_report_each_case() throws Exception {
    npm("mocha", "\"mocha\": \"^10.0.0\", \"tape\": \"^5.0.0\"")
        .file(
            "test/two.js",
            """
            const assert = require('assert');
            it('adds', () => assert.equal(2, 1 + 1));
            it('differs', () => assert.equal(2, 3));
            """)
        .file("tape.js", "require('tape')('adds', t => { t.equal(2, 2, 'same'); t.end(); });\n");
    Toolchain mocha = trial.found();
    assertThat(trial.run(mocha)).as(trial.log()).isEqualTo(1);
    assertThat(trial.texts(mocha.reportGlobs())).contains("name=\"adds\"", "name=\"differs\"");

    npm("tape tape.js", "\"mocha\": \"^10.0.0\", \"tape\": \"^5.0.0\"");
    Toolchain tape = trial.found();
    assertThat(trial.measure(tape, true)).as(trial.log()).isZero();
    assertThat(trial.texts(tape.reportGlobs())).startsWith("TAP version 13").contains("ok 1 same");
  }

  @Test
  void pytest_measures_coverage_with_pytest_cov_and_with_coverage_alone() throws Exception {
    trial
        .file("two.py", "def two():\n    return 2\n")
        .file("test_two.py", "from two import two\ndef test_two(): assert two() == 2\n");
    Python withPlugin = environment();
    assertThat(withPlugin.coverage()).isEqualTo(Python.Coverage.PYTEST_COV);
    covers(withPlugin);
    covers(new Python(withPlugin.executable(), withPlugin.pytest(), Python.Coverage.COVERAGE));
  }

  private void covers(Python python) throws Exception {
    Toolchain toolchain =
        new PytestRule(() -> python).match(new WorkTree(trial.tree)).orElseThrow();
    java.nio.file.Files.deleteIfExists(folder.resolve("reports/coverage.xml"));
    assertThat(trial.run(toolchain)).as(trial.log()).isZero();
    assertThat(trial.texts(toolchain.reportGlobs())).contains("name=\"test_two\"");
    assertThat(trial.texts(toolchain.coverageGlobs())).contains("filename=\"two.py\"");
  }

  private Python environment() throws Exception {
    Path venv = folder.resolve("venv");
    start(List.of("python3", "-m", "venv", venv.toString()));
    start(List.of(venv.resolve("bin/pip").toString(), "install", "-q", "pytest", "pytest-cov"));
    Optional<Python> python = Python.ask(venv.resolve("bin/python"));
    return python.orElseThrow();
  }

  private static void start(List<String> argv) throws Exception {
    assertThat(new ProcessBuilder(argv).inheritIO().start().waitFor()).isZero();
  }
}
