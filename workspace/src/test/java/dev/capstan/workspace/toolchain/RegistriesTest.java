package dev.capstan.workspace.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RegistriesTest {
  @TempDir Path home;

  /** What the tools are built with is theirs to say; that they say something is what matters. */
  @ParameterizedTest
  @CsvSource({"maven, mvn", "npm, npm", "pytest, pip3", "go, go"})
  void a_tool_of_this_machine_says_where_it_fetches_from(String toolchain, String program) {
    assumeThat(Probe.onPath(program)).as("%s is on the PATH", program).isNotEmpty();

    assertThat(Registries.builtIn(toolchain)).containsPattern("https://[a-z0-9.-]+\\.[a-z]+");
    assertThat(Registries.builtIn("configured")).contains(Registries.builtIn(toolchain));
  }

  @Test
  void mirrors_are_read_from_the_users_settings_but_not_from_comments() throws IOException {
    Files.createDirectories(home.resolve(".m2"));
    Files.writeString(
        home.resolve(".m2/settings.xml"),
        "<!-- <url>https://example.org</url> --><url>https://mirror.test:8081/m2</url>");

    String settings =
        Registries.settings(
            Map.of("HOME", home.toString(), "PIP_INDEX_URL", "https://pip.test/simple"));

    assertThat(settings).contains("mirror.test:8081", "pip.test").doesNotContain("example.org");
  }
}
