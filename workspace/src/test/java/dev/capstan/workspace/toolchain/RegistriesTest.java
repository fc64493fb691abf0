package dev.capstan.workspace.toolchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RegistriesTest {
  @TempDir Path home;

  @Test
  void a_toolchain_has_its_own_registries_and_an_unknown_one_has_all() {
    assertThat(Registries.hosts("npm"))
        .contains("registry.npmjs.org")
        .doesNotContain("repo.maven.apache.org");
    assertThat(Registries.hosts("configured")).contains("registry.npmjs.org", "proxy.golang.org");
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
