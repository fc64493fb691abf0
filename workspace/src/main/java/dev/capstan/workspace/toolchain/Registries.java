package dev.capstan.workspace.toolchain;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Where build tools fetch from: the registries that the tools of this machine have built in, and
 * the mirrors that the settings of its user name. A repository's own files are not asked.
 */
public final class Registries {
  private static final int LONGEST = 1 << 20;
  private static final String PIP_QUESTION =
      """
      from pip._internal.models.index import PyPI
      print(PyPI.simple_url, "https://" + PyPI.file_storage_domain)
      """;
  private static final Map<String, Supplier<String>> TOOLS =
      Map.of(
          "maven", Registries::maven,
          "gradle", Registries::maven,
          "npm", Registries::npm,
          "pytest", Registries::pip,
          "cargo", Registries::cargo,
          "go", Registries::go);
  private static final Map<String, String> ANSWERS = new ConcurrentHashMap<>();

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

  /**
   * A text with the web addresses that the tools of a toolchain have built in; those of all tools
   * for a toolchain that is not known. Tools are asked once; one that is not there says nothing.
   */
  public static String builtIn(String toolchain) {
    return TOOLS.containsKey(toolchain)
        ? answer(toolchain)
        : TOOLS.keySet().stream().sorted().map(Registries::answer).collect(joining("\n"));
  }

  private static String answer(String toolchain) {
    return ANSWERS.computeIfAbsent(
        toolchain, tool -> Objects.requireNonNull(TOOLS.get(tool)).get());
  }

  /** The model that every POM inherits from is in Maven's own libraries. */
  private static String maven() {
    return Probe.onPath("mvn").stream()
        .flatMap(program -> libraries(program).stream())
        .map(Registries::superPom)
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static List<Path> libraries(Path program) {
    try (Stream<Path> files = Files.list(program.toRealPath().resolve("../../lib").normalize())) {
      return files
          .filter(file ->
              file.getFileName().toString().matches("maven-(model-builder|impl)\\b.*\\.jar"))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static String superPom(Path library) {
    try (ZipFile jar = new ZipFile(library.toFile())) {
      for (ZipEntry entry : Collections.list(jar.entries())) {
        if (entry.getName().matches("org/apache/maven/.*pom-4[.0-9]*\\.xml")) {
          try (InputStream pom = jar.getInputStream(entry)) {
            String text = new String(pom.readNBytes(LONGEST), StandardCharsets.UTF_8);
            return text.lines().filter(line -> line.contains("<url>")).collect(joining("\n"));
          }
        }
      }
      return "";
    } catch (IOException unreadable) {
      return "";
    }
  }

  private static String npm() {
    return Stream.of("npm", "yarn")
        .flatMap(tool -> first(tool, "config", "get", "registry").lines())
        .filter(line -> line.startsWith("http"))
        .collect(joining("\n"));
  }

  private static String pip() {
    return first("python3", "-I", "-c", PIP_QUESTION);
  }

  private static String go() {
    return first("go", "env", "GOPROXY", "GOSUMDB")
        .lines()
        .map(line -> line.contains("://") ? line : "https://" + line)
        .collect(joining("\n"));
  }

  /**
   * Cargo does not say, but names a folder after each index it has used; what it downloads comes
   * from another host of the same domain.
   */
  private static String cargo() {
    String home = Optional.ofNullable(System.getenv("HOME")).orElse("/nonexistent");
    Path indexes = Path.of(home, ".cargo/registry/index");
    if (!Files.isDirectory(indexes)) {
      return "";
    }
    try (Stream<Path> folders = Files.list(indexes)) {
      return folders
          .map(folder -> folder.getFileName().toString().replaceFirst("-[0-9a-f]+$", ""))
          .flatMap(host -> Stream.of(host, host.replaceFirst("^index\\.", "static.")))
          .map(host -> "https://" + host)
          .collect(joining("\n"));
    } catch (IOException unreadable) {
      return "";
    }
  }

  private static String first(String program, String... arguments) {
    return Probe.onPath(program).stream()
        .limit(1)
        .map(path -> Stream.concat(Stream.of(path.toString()), Stream.of(arguments)).toList())
        .map(argv -> Probe.answer(argv).orElse(""))
        .collect(joining());
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
