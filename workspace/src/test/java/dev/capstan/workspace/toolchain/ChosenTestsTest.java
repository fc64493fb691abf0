package dev.capstan.workspace.toolchain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.workspace.toolchain.ChosenTests.Choice;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that run only some tests: their words, and with the real tools where they are. */
final class ChosenTestsTest {
  @TempDir private Path folder;
  private Trial trial;

  @BeforeEach
  void set_up() throws Exception {
    trial = new Trial(folder);
  }

  static boolean hasCargo() {
    return Toolchains.isInstalled("cargo");
  }

  static boolean hasGo() {
    return Toolchains.isInstalled("go");
  }

  private Choice choose(String... files) {
    return ChosenTests.of(trial.found(), List.of(files));
  }

  private Choice.Chosen chosen(String... files) {
    assertThat(choose(files)).isInstanceOf(Choice.Chosen.class);
    return (Choice.Chosen) choose(files);
  }

  private List<String> lastArgv(String... files) {
    return chosen(files).toolchain().measure().getLast().argv();
  }

  private String reports(Choice.Chosen chosen) throws Exception {
    trial.run(chosen.toolchain());
    return trial.texts(chosen.toolchain().reportGlobs());
  }

  @Test
  void maven_is_given_classes_of_any_module_offline_and_stops_after_the_tests() throws Exception {
    trial.file("pom.xml", "<project/>");

    assertThat(lastArgv("core/src/test/java/a/b/OneTest.java", "web/src/test/kotlin/c/TwoTest.kt"))
        .startsWith("mvn")
        .contains("-o")
        .endsWith("-Dtest=a/b/OneTest,c/TwoTest", "-Dsurefire.failIfNoSpecifiedTests=false", "test")
        .doesNotContain("verify")
        .noneMatch(word -> word.contains("jacoco"));
  }

  @Test
  void gradle_is_given_full_names_and_does_not_mind_projects_without_them() throws Exception {
    trial.file("build.gradle", "plugins { id 'java' }");

    assertThat(lastArgv("app/src/test/java/a/OneTest.java", "src/test/groovy/TwoSpec.groovy"))
        .endsWith("--offline", "test", "--tests", "a.OneTest", "--tests", "TwoSpec");
    assertThat(
            chosen("src/test/java/a/OneTest.java").toolchain().measure().getFirst().environment())
        .extractingByKey("CAPSTAN_INIT")
        .asString()
        .contains("failOnNoMatchingTests = false");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "node --test|node",
        "node --import tsx --test test/|node",
        "node --test 'test/**/*.js'|node",
        "mocha --reporter spec --check-leaks test/|npx",
        "nyc --silent mocha -r esm \"test/*.js\"|npx",
        "jest --ci|npm",
        "tsc && jest|npm",
        "vitest run --config v.ts|npm"
      })
  void a_plain_script_of_a_known_runner_is_given_files(String script, String program)
      throws Exception {
    trial.file(
        "package.json",
        "{\"scripts\": {\"test\": \"%s\"}}".formatted(script.replace("\"", "\\\"")));

    assertThat(lastArgv("test/a.test.js", "test/b.test.js"))
        .startsWith(program)
        .endsWith("test/a.test.js", "test/b.test.js")
        .noneMatch(word -> word.equals("test/") || word.contains("*"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jest src",
        "vitest test/unit",
        "tsc && node --test",
        "mocha --require $SETUP",
        "ava",
        "tape test/a.js",
        "tap",
        "node run.js"
      })
  void any_other_script_cannot_choose_and_says_why(String script) throws Exception {
    trial.file("package.json", "{\"scripts\": {\"test\": \"%s\"}}".formatted(script));

    assertThat(choose("test/a.test.js"))
        .isInstanceOfSatisfying(Choice.Not.class, not -> assertThat(not.why()).isNotBlank());
  }

  @Test
  void mocha_that_names_its_tests_in_its_settings_cannot_choose() throws Exception {
    trial
        .file("package.json", "{\"scripts\": {\"test\": \"mocha\"}}")
        .file(".mocharc.yml", "spec: test/**/*.js");

    assertThat(choose("test/a.js")).isInstanceOf(Choice.Not.class);
  }

  @Test
  void make_and_configured_commands_cannot_choose() throws Exception {
    trial.file("Makefile", "test:\n\ttrue\n");
    assertThat(choose("tests/a.sh")).isInstanceOf(Choice.Not.class);

    trial.file(".capstan/config.yaml", "toolchain:\n  measure: [[pytest]]\n  reports: [x.xml]\n");
    assertThat(choose("tests/test_a.py"))
        .isInstanceOfSatisfying(
            Choice.Not.class, not -> assertThat(not.why()).contains(".capstan/config.yaml"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-rf.py",
        "tests/a b.py",
        "tests/$(x).py",
        "tests/a,!b.py",
        "tests/test_a.py::x",
        "/etc/x.py"
      })
  void a_name_that_could_be_read_as_more_than_a_name_is_left_out(String name) throws Exception {
    trial.file("tests/test_a.py", "def test_a(): pass\n");

    assertThat(choose(name)).isInstanceOf(Choice.Not.class);
    assertThat(chosen(name, "tests/test_a.py").files()).containsExactly("tests/test_a.py");
  }

  @Test
  void pytest_runs_the_chosen_files_only_and_names_cases_as_ever() throws Exception {
    trial
        .file("tests/test_one.py", "def test_one(): pass\n")
        .file("tests/test_two.py", "def test_two(): assert False\n");

    assertThat(reports(chosen("tests/test_two.py")))
        .contains("classname=\"tests.test_two\" name=\"test_two\"", "<failure")
        .doesNotContain("test_one");
  }

  @Test
  void node_runs_the_chosen_files_only() throws Exception {
    trial
        .file("package.json", "{\"scripts\": {\"test\": \"node --test test/\"}}")
        .file("test/one.js", "require('node:test').test('one', () => {})\n")
        .file("test/two.js", "require('node:test').test('two', () => { throw new Error('x') })\n");

    assertThat(reports(chosen("test/two.js"))).contains("name=\"two\"").doesNotContain("\"one\"");
  }

  @Test
  @EnabledIf(value = "hasGo", disabledReason = "DID_NOT_RUN: Go is not installed")
  void go_runs_the_packages_of_the_chosen_files_only() throws Exception {
    trial
        .file("go.mod", "module example.org/x\n\ngo 1.19\n")
        .file("a/a_test.go", "package a\n\nimport \"testing\"\n\nfunc TestA(t *testing.T) {}\n")
        .file("b/b_test.go", "package b\n\nimport \"testing\"\n\nfunc TestB(t *testing.T) {}\n");

    assertThat(reports(chosen("b/b_test.go"))).contains("TestB").doesNotContain("TestA");
  }

  @Test
  @EnabledIf(value = "hasCargo", disabledReason = "DID_NOT_RUN: Cargo is not installed")
  void cargo_runs_targets_or_modules_of_the_library_whichever_is_nearer() throws Exception {
    trial
        .file("Cargo.toml", "[package]\nname = \"x\"\nversion = \"0.1.0\"\nedition = \"2021\"\n")
        .file("src/lib.rs", "mod a;\nmod b;\n")
        .file("src/a.rs", "#[test] fn in_a() {}\n")
        .file("src/b.rs", "#[test] fn in_b() {}\n")
        .file("tests/c.rs", "#[test] fn in_c() {}\n")
        .file("tests/d.rs", "#[test] fn in_d() {}\n");

    assertThat(reports(chosen("src/b.rs", "tests/c.rs")))
        .contains("in_b")
        .doesNotContain("in_a", "in_c", "in_d");
    assertThat(reports(chosen("tests/c.rs", "src/b.rs")))
        .contains("in_c")
        .doesNotContain("in_a", "in_b", "in_d");
  }
}
