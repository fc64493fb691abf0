package dev.capstan.workspace.toolchain;

import dev.capstan.core.plan.Scope;
import dev.capstan.workspace.toolchain.ConfigFile.Entry;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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

  /**
   * Finds it; empty if there is no sign of one.
   *
   * @param text the text of a file of the commit, by its path
   * @throws IllegalArgumentException if the configuration cannot be used
   */
  public static Optional<Formatter> find(Function<String, Optional<String>> text) {
    Optional<Formatter> told = text.apply(Toolchain.CONFIGURATION).flatMap(Formatter::told);
    return told.isPresent() ? told : text.apply("go.mod").map(_ -> gofmt());
  }

  private static Optional<Formatter> told(String configuration) {
    try {
      Entry entry =
          configuration.isBlank()
              ? null
              : ConfigFile.parse(Toolchain.CONFIGURATION, configuration).entry("format");
      if (entry == null || !entry.given()) {
        return Optional.empty();
      }
      if (entry.texts().isEmpty()) {
        throw entry.wrong("must be a program and its arguments, such as [gofmt, -w, '{files}']");
      }
      return Optional.of(
          new Formatter(
              Toolchain.CONFIGURATION + " tells it", entry.texts(), Scope.EVERYTHING, true));
    } catch (Unusable unusable) {
      throw new IllegalArgumentException(unusable.problem(), unusable);
    }
  }

  private static Formatter gofmt() {
    List<String> argv = List.of("gofmt", "-w", FILES);
    return new Formatter("go.mod", argv, new Scope(List.of("**/*.go")), false);
  }

  /** The command for these files; none of their names can be taken for an option. */
  public List<String> command(List<String> paths) {
    return argv.stream()
        .flatMap(
            word -> word.equals(FILES) ? paths.stream().map(path -> "./" + path) : Stream.of(word))
        .toList();
  }
}
