package dev.capstan.workspace.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FormatterTest {
  private static final List<String> FILES = List.of("src/A b.java", "-x.go");

  private static List<List<String>> commands(Map<String, String> files) {
    return find(files).stream().map(formatter -> formatter.command(FILES)).toList();
  }

  private static List<Formatter> find(Map<String, String> files) {
    return Formatter.find(path -> Optional.ofNullable(files.get(path)));
  }

  @Test
  void the_configuration_goes_before_every_sign() {
    Map<String, String> files =
        Map.of(
            "go.mod", "module a", ".capstan/config.yaml", "format: [tidy, --all, '{files}', end]");

    assertThat(commands(files))
        .containsExactly(List.of("tidy", "--all", "./src/A b.java", "./-x.go", "end"));
    assertThat(find(files).getFirst().configured()).isTrue();
  }

  @Test
  void each_sign_has_its_formatter_for_its_own_files() {
    Map<String, String> files =
        Map.of(
            "go.mod", "module a",
            "Cargo.toml", "[package]",
            "package.json", "{\"devDependencies\": {\"prettier\": \"3\"}}",
            "pyproject.toml", "[tool.black]\nline-length = 100\n");

    assertThat(find(files))
        .extracting(formatter -> formatter.argv().getFirst())
        .containsExactly("node_modules/.bin/prettier", "gofmt", "cargo", "black");
    assertThat(find(files).get(1).files().allows("deep/a.go")).isTrue();
    assertThat(find(files).get(1).files().allows("deep/a.rs")).isFalse();
    assertThat(find(files)).noneMatch(Formatter::configured);
  }

  @Test
  void without_a_sign_there_is_none() {
    assertThat(find(Map.of())).isEmpty();
    assertThat(
            find(
                Map.of(
                    "pom.xml", "<project/>",
                    "package.json", "{}",
                    "pyproject.toml", "[tool.ruff]\n",
                    ".capstan/config.yaml", "toolchain:\n  repeats: 1\n")))
        .isEmpty();
    assertThat(commands(Map.of("pyproject.toml", "[tool.ruff.format]\n")).getFirst())
        .startsWith("ruff", "format");
  }

  @Test
  void spotless_is_given_the_files_as_patterns_of_whole_paths() {
    String pom = "<project><artifactId>spotless-maven-plugin</artifactId></project>";

    List<String> command = commands(Map.of("pom.xml", pom)).getFirst();

    assertThat(command).startsWith("mvn").contains("-o", "spotless:apply");
    String patterns = command.getLast().replaceFirst("-DspotlessFiles=", "");
    assertThat(patterns.split(",", -1)).hasSize(2);
    assertThat("/work/tree/src/A b.java").matches(patterns.split(",", -1)[0]);
  }

  @Test
  void a_configuration_that_cannot_be_used_says_where() {
    assertThatThrownBy(() -> find(Map.of(".capstan/config.yaml", "a: 1\nformat: gofmt\n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(".capstan/config.yaml, line 2: format must be a list");
    assertThatThrownBy(() -> find(Map.of(".capstan/config.yaml", "format: []\n")))
        .hasMessageContaining("must be a program and its arguments");
  }
}
