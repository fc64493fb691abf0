package dev.capstan.cli.command;

import dev.capstan.api.AnalyseSubject;
import dev.capstan.api.ErrorCode;
import dev.capstan.cli.session.ApiFailure;
import dev.capstan.knowledge.analysis.Claim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Recipes of analyses, a YAML file each: docs/knowledge.md describes them. */
final class RecipeFile {
  private static final String ENDING = ".yaml";
  private static final Set<String> KINDS =
      Stream.of(Claim.Kind.values()).map(Claim.Kind::word).collect(Collectors.toSet());

  private RecipeFile() {}

  /**
   * An analysis that was saved.
   *
   * @param name of its file, without the ending
   * @param subjects as {@link AnalyseSubject} has them
   * @param model that adds claims; "" for none
   * @param tokens that the model reads at most; 0 for the default
   * @param only kinds of claims that are shown; empty for all
   * @param failOn kinds of claims that fail it
   */
  record Recipe(
      String name,
      String description,
      List<String> subjects,
      String model,
      int tokens,
      List<String> only,
      List<String> failOn) {}

  private record Document(
      @Nullable String description,
      @Nullable List<@Nullable String> subjects,
      @Nullable String model,
      @Nullable Integer tokens,
      @Nullable List<@Nullable String> only,
      @Nullable List<@Nullable String> failOn) {}

  /** The recipes of a folder, by name; none if there is no such folder. */
  static List<Path> in(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ENDING) && Files.isRegularFile(file))
          .sorted()
          .toList();
    }
  }

  /** Throws {@link ApiFailure} if the folder has none of that name, or it is wrong. */
  static Recipe find(Path folder, String name) throws IOException {
    List<Path> all = in(folder);
    Path asked =
        all.stream()
            .filter(file -> name(file).equals(name))
            .findFirst()
            .orElseThrow(() ->
                wrong(
                    "there is no recipe \"%s\" in %s; there are %s"
                        .formatted(name, folder, all.stream().map(RecipeFile::name).toList())));
    return read(asked);
  }

  static String name(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - ENDING.length());
  }

  /** Throws {@link ApiFailure} that says what is wrong with it, and where. */
  static Recipe read(Path file) throws IOException {
    Document document = YamlFile.read(file, Document.class);
    if (document == null || document.subjects() == null || document.subjects().isEmpty()) {
      throw wrong(
          file + ": it needs subjects, a list of files, folders, globs or packages; \"\" is all");
    }
    int tokens = Objects.requireNonNullElse(document.tokens(), 0);
    int fewest = AnalyseSubject.FEWEST_TOKENS;
    int most = AnalyseSubject.MOST_TOKENS;
    if (tokens != 0 && (tokens < fewest || tokens > most)) {
      throw wrong("%s: tokens are %d to %d, not %d".formatted(file, fewest, most, tokens));
    }
    return new Recipe(
        name(file),
        Objects.requireNonNullElse(document.description(), ""),
        full(file, "subjects", document.subjects()),
        Objects.requireNonNullElse(document.model(), ""),
        tokens,
        kinds(file, "only", document.only()),
        kinds(file, "failOn", document.failOn()));
  }

  private static List<String> kinds(
      Path file, String field, @Nullable List<@Nullable String> kinds) {
    List<String> all = kinds == null ? List.of() : full(file, field, kinds);
    all.stream()
        .filter(kind -> !KINDS.contains(kind))
        .findFirst()
        .ifPresent(kind -> {
          throw wrong(
              "%s: %s has \"%s\"; a claim is an agreement, a gap or a risk"
                  .formatted(file, field, kind));
        });
    return all;
  }

  private static List<String> full(Path file, String field, List<@Nullable String> values) {
    List<String> full = new ArrayList<>();
    for (String value : values) {
      if (value == null) {
        throw wrong(file + ": an entry of " + field + " is empty");
      }
      full.add(value);
    }
    return List.copyOf(full);
  }

  private static ApiFailure wrong(String message) {
    return new ApiFailure(ErrorCode.INVALID, message);
  }
}
