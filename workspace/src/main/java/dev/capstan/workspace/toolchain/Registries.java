package dev.capstan.workspace.toolchain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where build tools fetch from: the public registries, and the mirrors that the settings of this
 * machine's user name. A repository's own files are not asked.
 */
public final class Registries {
  private static final int LONGEST = 1 << 20;
  private static final Map<String, Set<String>> PUBLIC =
      Map.of(
          "maven", Set.of("repo.maven.apache.org", "repo1.maven.org"),
          "gradle",
              Set.of(
                  "repo.maven.apache.org",
                  "repo1.maven.org",
                  "plugins.gradle.org",
                  "plugins-artifacts.gradle.org",
                  "services.gradle.org",
                  "downloads.gradle.org"),
          "npm", Set.of("registry.npmjs.org", "registry.yarnpkg.com"),
          "pytest", Set.of("pypi.org", "files.pythonhosted.org"),
          "cargo", Set.of("index.crates.io", "static.crates.io", "crates.io"),
          "go", Set.of("proxy.golang.org", "sum.golang.org"));
  private static final List<String> SETTINGS =
      List.of(
          ".m2/settings.xml",
          ".gradle/init.gradle",
          ".gradle/gradle.properties",
          ".npmrc",
          ".pip/pip.conf",
          ".config/pip/pip.conf",
          ".cargo/config.toml",
          ".config/go/env");
  private static final List<String> VARIABLES =
      List.of(
          "NPM_CONFIG_REGISTRY",
          "npm_config_registry",
          "PIP_INDEX_URL",
          "PIP_EXTRA_INDEX_URL",
          "UV_INDEX_URL",
          "GOPROXY",
          "GOSUMDB",
          "CARGO_REGISTRIES_CRATES_IO_INDEX");

  private Registries() {}

  /** Host names of the public registries of a toolchain; of all of them for one not known. */
  public static Set<String> hosts(String toolchain) {
    Set<String> known = PUBLIC.get(toolchain);
    return known == null
        ? PUBLIC.values().stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet())
        : known;
  }

  /** The text of the user's settings, where web addresses of mirrors may stand. */
  public static String settings(Map<String, String> environment) {
    StringBuilder text = new StringBuilder();
    Path home = Path.of(environment.getOrDefault("HOME", "/nonexistent"));
    SETTINGS.forEach(name -> text.append(read(home.resolve(name))).append('\n'));
    text.append(read(Path.of("/etc/pip.conf"))).append('\n');
    VARIABLES.forEach(name -> text.append(environment.getOrDefault(name, "")).append('\n'));
    return text.toString();
  }

  /** Without comments of XML, where examples stand. */
  private static String read(Path file) {
    try {
      return Files.isRegularFile(file) && Files.size(file) <= LONGEST
          ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
              .replaceAll("(?s)<!--.*?-->", " ")
          : "";
    } catch (IOException e) {
      return "";
    }
  }
}
