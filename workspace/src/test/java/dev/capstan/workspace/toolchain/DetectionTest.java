package dev.capstan.workspace.toolchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is derived from files alone. */
final class DetectionTest {
  @TempDir private Path folder;
  private Trial trial;

  @BeforeEach
  void set_up() throws Exception {
    trial = new Trial(folder);
  }

  @Test
  void an_empty_tree_says_what_was_looked_for_and_how_to_tell_it() {
    assertThat(Toolchains.detect(trial.tree))
        .isInstanceOfSatisfying(
            Detection.Nothing.class,
            nothing ->
                assertThat(nothing.message())
                    .contains("pom.xml", "package.json", "Makefile", ".capstan/config.yaml"));
  }

  @Test
  void maven_fills_its_own_cache_and_is_offline_by_an_argument() throws Exception {
    trial.file("pom.xml", "<project/>");
    Toolchain maven = trial.found();
    assertThat(maven.measureFillsCache()).isTrue();
    assertThat(maven.measure().getFirst().offlineArguments()).containsExactly("-o");
    assertThat(maven.measure().getFirst().argv()).contains("-Dmaven.repo.local=/capstan/cache/m2");
  }

  @Test
  void a_lock_file_makes_the_install_exact_and_no_foreign_script_runs() throws Exception {
    trial
        .file(
            "package.json",
            "{\"scripts\":{\"test\":\"jest\"},\"devDependencies\":{\"jest\":\"1\"}}")
        .file("package-lock.json", "{}");
    List<String> setUp = trial.found().setUp().getFirst().argv();
    assertThat(setUp).startsWith("npm", "ci").contains("--ignore-scripts");
  }

  @Test
  void pnpm_is_used_where_its_lock_file_stands() throws Exception {
    trial
        .file(
            "package.json",
            "{\"scripts\":{\"test\":\"jest\"},\"devDependencies\":{\"jest\":\"1\"}}")
        .file("pnpm-lock.yaml", "lockfileVersion: 9");
    assertThat(trial.found().setUp().getFirst().argv()).startsWith("pnpm", "install");
  }

  @ParameterizedTest
  @CsvSource({
    "node --test, NODE",
    "tsc && node --import tsx --test, NODE",
    "node server.js, UNKNOWN",
    "vitest run, VITEST",
    "npm run lint && cross-env A=b npx jest --ci, JEST",
    "c8 --reporter=lcov mocha, MOCHA",
    "./node_modules/.bin/ava, AVA",
    "tape test/*.js, TAPE",
    "tap, TAP",
    "jest || true, UNKNOWN",
    "'', UNKNOWN"
  })
  void the_last_command_of_a_script_tells_the_runner(String line, TestScript.Runner runner) {
    assertThat(new TestScript(line).runner()).isEqualTo(runner);
  }

  @Test
  void a_script_is_read_without_an_option_and_its_value() {
    TestScript script = new TestScript("mocha --reporter spec --reporter=dot -R min test/");
    assertThat(script.plainWordsWithout("--reporter", "-R")).containsExactly("mocha", "test/");
  }

  @Test
  void mocha_does_not_end_at_the_first_failure_and_hide_the_other_cases() throws Exception {
    trial.file("package.json", "{\"scripts\":{\"test\":\"mocha --bail -b --check-leaks test/\"}}");
    assertThat(trial.found().measure().getLast().argv())
        .startsWith("npx", "--no-install", "mocha", "--check-leaks", "test/", "--reporter");
  }

  @Test
  void a_script_without_a_known_runner_leaves_no_report_and_says_so() throws Exception {
    trial.file("package.json", "{\"scripts\":{\"test\":\"./check.sh\"}}");
    assertThat(trial.found().reportGlobs()).isEmpty();
    assertThat(trial.found().because()).anyMatch(reason -> reason.contains("no runner"));
  }

  @Test
  void a_toolchain_that_reports_comes_before_one_that_does_not() throws Exception {
    trial.file("package.json", "{}").file("Makefile", "test:\n\ttrue\n");
    assertThat(trial.found().name()).isEqualTo("make");
  }

  @Test
  void a_broken_package_is_told_with_its_line() throws Exception {
    trial.file("package.json", "{\n \"scripts\": oops\n}");
    assertThat(trial.broken()).contains("package.json, line 2");
  }

  @Test
  void links_are_not_followed() throws Exception {
    Path outside = Files.writeString(folder.resolve("pom.xml"), "<project/>");
    Files.createSymbolicLink(trial.tree.resolve("pom.xml"), outside);
    Files.createDirectories(folder.resolve("far"));
    Files.writeString(folder.resolve("far/config.yaml"), "toolchain: {measure: [[true]]}");
    Files.createSymbolicLink(trial.tree.resolve(".capstan"), folder.resolve("far"));
    assertThat(Toolchains.detect(trial.tree)).isInstanceOf(Detection.Nothing.class);
  }

  @Test
  void a_file_that_is_too_large_is_refused() throws Exception {
    trial.file("package.json", " ".repeat(WorkTree.LARGEST_FILE + 1));
    assertThat(trial.broken()).contains("package.json is larger than");
  }

  @Test
  void the_version_of_a_tool_is_its_first_line_with_a_digit() {
    assertThat(ToolProbe.versionLine("\u001b[1mApache\u001b[m\nTool 3.8\nx 9"))
        .isEqualTo("Tool 3.8");
  }

  @Test
  void the_probe_names_every_tool_and_finds_git() {
    List<ToolProbe.Tool> tools = ToolProbe.probe();
    assertThat(tools)
        .extracting(ToolProbe.Tool::name)
        .containsExactly(
            "git",
            "java",
            "mvn",
            "node",
            "npm",
            "go",
            "cargo",
            "make",
            "bwrap",
            "python3 with pytest");
    assertThat(tools.getFirst().presence()).isInstanceOf(ToolProbe.Presence.Found.class);
  }

  @Test
  void go_builds_and_tests_every_module_of_a_workspace() throws Exception {
    trial
        .file("go.work", "go 1.22\n\nuse (\n\t./api\n\t./tools/gen // a tool\n)\nuse .\n")
        .file("go.mod", "module example.org/shop\n");
    Toolchain go = trial.found();
    assertThat(go.name()).isEqualTo("go");
    assertThat(go.measure().getLast().argv())
        .containsSubsequence("go", "test", "-json", "./api/...", "./tools/gen/...", "./...");
    assertThat(go.setUp()).hasSize(1);
  }

  @Test
  void vendored_go_modules_need_no_set_up() throws Exception {
    trial.file("go.mod", "module example.org/shop\n").file("vendor/modules.txt", "");
    assertThat(trial.found().setUp()).isEmpty();
  }

  @Test
  void gradle_runs_the_whole_wrapper_and_else_the_one_of_the_path() throws Exception {
    trial.file("settings.gradle.kts", "").file("gradlew", "#!/bin/sh\n");
    assertThat(trial.found().measure().getFirst().argv()).contains("gradle", "testClasses", "test");
    assertThat(trial.found().measure().getFirst().argv()).doesNotContain("./gradlew");
    trial
        .file("gradle/wrapper/gradle-wrapper.jar", "")
        .file("gradle/wrapper/gradle-wrapper.properties", "");
    Toolchain wrapper = trial.found();
    assertThat(wrapper.name()).isEqualTo("gradle");
    assertThat(wrapper.measure().getFirst().argv()).contains("./gradlew");
    assertThat(wrapper.executables()).containsExactly("java");
    assertThat(wrapper.measure().getFirst().offlineArguments()).containsExactly("--offline");
  }

  @ParameterizedTest
  @CsvSource({"yarn.lock, yarn", "bun.lock, bun", "bun.lockb, bun"})
  void packages_of_another_installer_are_refused_with_what_to_do(String lock, String tool)
      throws Exception {
    trial.file("package.json", "{\"devDependencies\": {\"vitest\": \"1\"}}").file(lock, "");
    assertThat(trial.broken()).contains(lock, tool, "package-lock.json", ".capstan/config.yaml");
    trial.file(
        ".capstan/config.yaml",
        "toolchain:\n  set_up: [[%s, install]]\n  measure: [[%s, test]]\n".formatted(tool, tool));
    assertThat(trial.found().setUp().getFirst().argv()).containsExactly(tool, "install");
  }

  @Test
  void a_lock_file_of_npm_beside_another_is_enough() throws Exception {
    trial
        .file("package.json", "{\"devDependencies\": {\"vitest\": \"1\"}}")
        .file("yarn.lock", "")
        .file("package-lock.json", "{}");
    assertThat(trial.found().name()).isEqualTo("npm");
  }
}
