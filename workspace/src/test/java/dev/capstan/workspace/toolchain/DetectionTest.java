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
            "git", "java", "mvn", "node", "npm", "make", "bwrap", "python3 with pytest");
    assertThat(tools.getFirst().presence()).isInstanceOf(ToolProbe.Presence.Found.class);
  }
}
