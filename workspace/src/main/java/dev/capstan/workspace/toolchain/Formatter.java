package dev.capstan.workspace.toolchain;

import dev.capstan.core.plan.Scope;
import dev.capstan.workspace.toolchain.ConfigFile.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a project formats its own files.
 *
 * @param because what was found, for people
 * @param argv the word {@value #FILES} stands for the files
 * @param files those it is for
 * @param configured whether the repository's configuration says it, which a change may have altered
 */
public record Formatter(String because, List<String> argv, Scope files, boolean configured) {
  public static final String FILES = "{files}";

  public Formatter {
    argv = List.copyOf(argv);
  }

  /** The same, each as a regular expression that the end of a whole path matches, with commas. */
  static final String PATTERNS = "{patterns}";

  /**
   * Finds them: the one that the configuration names, else those that there is a sign of.
   *
   * @param text the text of a file of the commit, by its path
   * @throws IllegalArgumentException if a file cannot be used
   */
  public static List<Formatter> find(Function<String, Optional<String>> text) {
    try {
      Optional<Formatter> told = told(text.apply(Toolchain.CONFIGURATION).orElse(""));
      return told.isPresent() ? List.of(told.get()) : bySigns(text);
    } catch (Unusable unusable) {
      throw new IllegalArgumentException(unusable.problem(), unusable);
    }
  }

  private static Optional<Formatter> told(String configuration) throws Unusable {
    if (configuration.isBlank()) {
      return Optional.empty();
    }
    Entry entry = ConfigFile.parse(Toolchain.CONFIGURATION, configuration).entry("format");
    if (!entry.given()) {
      return Optional.empty();
    }
    if (entry.texts().isEmpty()) {
      throw entry.wrong("must be a program and its arguments, such as [gofmt, -w, '{files}']");
    }
    String because = Toolchain.CONFIGURATION + " tells it";
    return Optional.of(new Formatter(because, entry.texts(), Scope.EVERYTHING, true));
  }

  private static List<Formatter> bySigns(Function<String, Optional<String>> text) throws Unusable {
    List<Formatter> found = new ArrayList<>();
    if (text.apply("pom.xml").orElse("").contains("<artifactId>spotless-maven-plugin<")) {
      List<String> goal = List.of("spotless:apply", "-DspotlessFiles=" + PATTERNS);
      found.add(new Formatter("pom.xml", Maven.argv(true, goal), Scope.EVERYTHING, false));
    }
    Optional<String> packages = text.apply("package.json");
    if (packages.isPresent() && PackageJson.parse(packages.get()).dependsOn("prettier")) {
      String program = "node_modules/.bin/prettier";
      List<String> argv = List.of(program, "--write", "--ignore-unknown", FILES);
      found.add(new Formatter("package.json", argv, Scope.EVERYTHING, false));
    }
    if (text.apply("go.mod").isPresent()) {
      found.add(of("go.mod", "**/*.go", "gofmt", "-w", FILES));
    }
    if (text.apply("Cargo.toml").isPresent()) {
      found.add(of("Cargo.toml", "**/*.rs", "cargo", "fmt"));
    }
    python(text.apply("pyproject.toml").orElse("")).ifPresent(found::add);
    return found;
  }

  private static Optional<Formatter> python(String project) {
    if (project.lines().anyMatch(line -> line.strip().equals("[tool.black]"))) {
      return Optional.of(of("pyproject.toml", "**/*.py", "black", "--quiet", FILES));
    }
    return project.lines().anyMatch(line -> line.strip().startsWith("[tool.ruff.format"))
        ? Optional.of(of("pyproject.toml", "**/*.py", "ruff", "format", "--quiet", FILES))
        : Optional.empty();
  }

  private static Formatter of(String because, String files, String... argv) {
    return new Formatter(because, List.of(argv), new Scope(List.of(files)), false);
  }

  /** The command for these files; none of their names can be taken for an option. */
  public List<String> command(List<String> paths) {
    return argv.stream()
        .flatMap(word ->
            word.equals(FILES)
                ? paths.stream().map(path -> "./" + path)
                : Stream.of(word.replace(PATTERNS, patterns(paths))))
        .toList();
  }

  private static String patterns(List<String> paths) {
    return paths.stream()
        .map(path -> ".*/" + path.replaceAll("[^\\w/-]", "."))
        .collect(Collectors.joining(","));
  }
}
