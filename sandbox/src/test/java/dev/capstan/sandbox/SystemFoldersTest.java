package dev.capstan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemFoldersTest {
  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void resolve() throws IOException {
    folder = temporary.toRealPath();
  }

  @Test
  void name_resolution_of_the_host_is_shown_only_with_its_network() {
    SystemFolders system = SystemFolders.detect(folder, Map.of("PATH", "/usr/bin"));
    Bind hosts = Bind.ReadOnly.of(Path.of("/etc/hosts"));

    assertThat(system.binds(Network.NONE)).doesNotContain(hosts);
    assertThat(system.binds(Network.NONE)).noneMatch(b -> b.inside().endsWith("resolv.conf"));
    assertThat(system.binds(new Network.Direct())).contains(hosts);
  }

  @Test
  void the_accounts_shown_are_made_up() {
    SystemFolders system = SystemFolders.detect(folder, Map.of());

    assertThat(system.binds(Network.NONE))
        .contains(new Bind.ReadOnly(folder.resolve("passwd"), Path.of("/etc/passwd")))
        .noneMatch(bind -> bind.inside().toString().contains("shadow"));
    assertThat(folder.resolve("passwd")).content().hasLineCount(2).doesNotContain("root");
  }

  @Test
  void every_bind_is_there_and_shows_no_home() {
    SystemFolders system = SystemFolders.detect(folder, System.getenv());

    assertThat(system.binds(new Network.Direct()))
        .isNotEmpty()
        .allSatisfy(bind -> {
          assertThat(bind.inside()).isNotIn(Path.of("/root"), Path.of("/home"), Path.of("/"));
          assertThat(bind.inside()).isNotEqualTo(Path.of(System.getProperty("user.home")));
        });
  }

  @Test
  void a_toolchain_in_a_home_is_shown_without_the_home() throws IOException {
    Path home = folder.resolve("home");
    program(home.resolve(".nvm/versions/node/v24/bin/node"));
    program(home.resolve(".pyenv/shims/python3"));
    program(home.resolve(".cargo/bin/cargo"));
    Files.createDirectories(home.resolve(".rustup"));
    program(home.resolve(".local/bin/mvn"));
    program(home.resolve("bin/gradle"));

    Toolchains found =
        Toolchains.detect(
            Map.of(
                "HOME",
                home.toString(),
                "PATH",
                path(
                    home,
                    ".nvm/versions/node/v24/bin",
                    ".pyenv/shims",
                    ".cargo/bin",
                    ".local/bin",
                    "bin")));

    assertThat(found.folders())
        .containsExactlyInAnyOrder(
            home.resolve(".nvm/versions/node/v24"),
            home.resolve(".pyenv"),
            home.resolve(".cargo/bin"),
            home.resolve(".rustup"));
    assertThat(found.variables())
        .containsEntry(
            "PATH", path(home, ".nvm/versions/node/v24/bin", ".pyenv/shims", ".cargo/bin"))
        .containsEntry("PYENV_ROOT", home.resolve(".pyenv").toString())
        .containsEntry("RUSTUP_HOME", home.resolve(".rustup").toString())
        .containsEntry("CARGO_HOME", "/home/capstan/.cargo");
  }

  @Test
  void a_variable_that_points_to_a_home_or_above_is_not_followed() throws IOException {
    Path home = Files.createDirectories(folder.resolve("users/me"));

    for (Path root : List.of(home, folder.resolve("users"), Path.of("/"), Path.of("/home"))) {
      Toolchains found =
          Toolchains.detect(
              Map.of(
                  "PATH",
                  folder.toString(),
                  "HOME",
                  home.toString(),
                  "JAVA_HOME",
                  root.toString()));

      assertThat(found.folders()).isEmpty();
      assertThat(found.variables()).doesNotContainKey("JAVA_HOME");
    }
  }

  @Test
  void a_jdk_of_the_system_is_named_but_needs_no_bind() {
    Path jdk = Path.of("/usr");

    Toolchains found = Toolchains.detect(Map.of("JAVA_HOME", jdk.toString()));

    assertThat(found.folders()).isEmpty();
    assertThat(found.variables()).containsEntry("JAVA_HOME", jdk.toString());
  }

  @Test
  void the_jdk_of_the_java_on_the_path_is_named_where_the_host_names_none() throws IOException {
    Path jdk = Files.createDirectories(folder.resolve("jdks/25")).toRealPath();
    Path bin = Files.createDirectories(folder.resolve("links"));
    for (String program : List.of("java", "javac")) {
      Files.createDirectories(jdk.resolve("bin"));
      Files.createFile(jdk.resolve("bin").resolve(program)).toFile().setExecutable(true);
    }
    Files.createSymbolicLink(bin.resolve("java"), jdk.resolve("bin/java"));
    Map<String, String> host =
        Map.of("PATH", bin.toString(), "HOME", folder.resolve("me").toString());

    assertThat(Toolchains.detect(host).variables()).containsEntry("JAVA_HOME", jdk.toString());

    Files.delete(jdk.resolve("bin/javac"));
    assertThat(Toolchains.detect(host).variables()).doesNotContainKey("JAVA_HOME");
  }

  private static String path(Path home, String... folders) {
    return String.join(
        ":", List.of(folders).stream().map(each -> home.resolve(each).toString()).toList());
  }

  private static void program(Path file) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, "#!/bin/sh\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
