package dev.capstan.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The toolchains that the host's {@code PATH} leads to outside of {@code /usr}.
 *
 * @param folders what to show, each at its own place
 * @param variables {@code PATH} and what the toolchains need to find themselves
 */
record Toolchains(Set<Path> folders, Map<String, String> variables) {
  private static final List<String> TOOLS =
      List.of(
          "java", "mvn", "gradle", "kotlinc", "node", "npm", "pnpm", "python3", "python", "go",
          "cargo", "rustc", "make", "ruby", "dotnet");
  private static final List<Path> COVERED =
      Stream.of("/usr", "/bin", "/sbin", "/lib", "/lib64").map(Path::of).toList();
  private static final List<Path> HOMES = Stream.of("/root", "/home").map(Path::of).toList();

  Toolchains {
    folders = Set.copyOf(folders);
    variables = Map.copyOf(variables);
  }

  static Toolchains detect(Map<String, String> environment) {
    return new Search(environment).result();
  }

  private static final class Search {
    private final Map<String, String> environment;
    private final Programs programs;
    private final Path home;
    private final Set<Path> folders = new LinkedHashSet<>();
    private final Map<String, String> variables = new TreeMap<>();

    private Search(Map<String, String> environment) {
      this.environment = environment;
      this.programs = Programs.of(environment.getOrDefault("PATH", "/usr/bin:/bin"));
      this.home = real(Path.of(environment.getOrDefault("HOME", "/nonexistent")));
    }

    private Toolchains result() {
      TOOLS.forEach(tool -> programs.find(tool).ifPresent(this::add));
      root("JAVA_HOME");
      if (!variables.containsKey("JAVA_HOME")) {
        programs.find("java").flatMap(this::jdk).ifPresent(this::java);
      }
      root("PYENV_ROOT");
      if (variables.containsKey("CARGO_HOME")) {
        variables.put("CARGO_HOME", Arguments.HOME.resolve(".cargo").toString());
        root("RUSTUP_HOME", home.resolve(".rustup"));
      }
      variables.put("PATH", path());
      return new Toolchains(folders, variables);
    }

    private void add(Path program) {
      Path bin = parent(program);
      if (bin.endsWith(".cargo/bin")) {
        folders.add(bin);
        variables.put("CARGO_HOME", bin.toString());
      } else if (bin.endsWith("shims") && parent(bin).endsWith(".pyenv")) {
        show(parent(bin), "PYENV_ROOT");
      } else {
        installation(program).ifPresent(folders::add);
        installation(real(program)).ifPresent(folders::add);
      }
    }

    /** The JDK that {@code java} is of, which tools beside Maven look for by the variable only. */
    private Optional<Path> jdk(Path java) {
      Path root = parent(parent(real(java)));
      return Optional.of(root)
          .filter(folder -> Files.isExecutable(folder.resolve("bin/javac")))
          .filter(folder -> isCovered(folder) || folders.contains(folder));
    }

    private void java(Path jdk) {
      variables.put("JAVA_HOME", jdk.toString());
    }

    /** The folder above {@code bin}, where that is one of a toolchain's own. */
    private Optional<Path> installation(Path program) {
      Path bin = parent(program);
      Path root = parent(bin);
      return bin.endsWith("bin") && isOwn(root) ? Optional.of(root) : Optional.empty();
    }

    /**
     * Below a home only from the second level on: {@code ~/.jdks/21} is a toolchain, {@code
     * ~/.local} holds much else.
     */
    private boolean isOwn(Path root) {
      return root.getNameCount() > 0
          && !isCovered(root)
          && !holdsHome(root)
          && homeOf(root).map(base -> base.relativize(root).getNameCount() >= 2).orElse(true);
    }

    private boolean holdsHome(Path root) {
      return home.startsWith(root) || HOMES.stream().anyMatch(base -> base.startsWith(root));
    }

    private Optional<Path> homeOf(Path path) {
      if (path.startsWith(home)) {
        return Optional.of(home);
      }
      if (path.startsWith("/home") && path.getNameCount() > 1) {
        return Optional.of(Path.of("/").resolve(path.subpath(0, 2)));
      }
      return path.startsWith("/root") ? Optional.of(Path.of("/root")) : Optional.empty();
    }

    private void root(String variable) {
      Optional.ofNullable(environment.get(variable))
          .filter(value -> value.startsWith("/"))
          .ifPresent(value -> show(Path.of(value).normalize(), variable));
    }

    private void root(String variable, Path otherwise) {
      show(Path.of(environment.getOrDefault(variable, otherwise.toString())), variable);
    }

    private void show(Path folder, String variable) {
      boolean hidden = folder.getFileName() == null || holdsHome(real(folder));
      if (!hidden && Files.isDirectory(folder)) {
        if (!isCovered(folder)) {
          folders.add(folder);
        }
        variables.put(variable, folder.toString());
      }
    }

    /** Only what can be seen inside. */
    private String path() {
      return programs.folders().stream()
          .filter(entry -> isCovered(entry) || folders.stream().anyMatch(entry::startsWith))
          .map(Path::toString)
          .collect(Collectors.joining(":"));
    }

    private static Path parent(Path path) {
      return Optional.ofNullable(path.getParent()).orElse(path);
    }

    private static boolean isCovered(Path path) {
      return COVERED.stream().anyMatch(path::startsWith);
    }

    private static Path real(Path path) {
      try {
        return path.toRealPath();
      } catch (IOException e) {
        return path.normalize();
      }
    }
  }
}
