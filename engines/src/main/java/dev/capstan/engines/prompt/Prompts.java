package dev.capstan.engines.prompt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * All prompts: those that come with Capstan, one for each role, and those of a folder. There,
 * {@code coder.md} takes the place of the one for coders, and {@code coder.terse.md} is a variant
 * of it, to be compared.
 */
public final class Prompts {
  private static final String ENDING = ".md";
  private static final Pattern NAME = Pattern.compile("([a-z]+)([.][a-z0-9-]{1,40})?");

  private final Map<String, Entry> byName = new TreeMap<>();

  /** A prompt, and where it is from: a file, or {@code built in}. */
  public record Entry(PromptTemplate template, String from) {}

  private Prompts() {
    for (Role role : Role.values()) {
      byName.put(role.word(), new Entry(PromptTemplate.bundled(role.word()), "built in"));
    }
  }

  /** Those that come with Capstan. */
  public static Prompts bundled() {
    return new Prompts();
  }

  /**
   * Those of a folder before those that come with Capstan. The folder may be missing.
   *
   * @throws IllegalArgumentException with every mistake in its files
   */
  public static Prompts in(Path folder) {
    Prompts prompts = new Prompts();
    List<String> mistakes = new ArrayList<>();
    for (Path file : files(folder)) {
      try {
        prompts.put(file);
      } catch (IllegalArgumentException mistake) {
        mistakes.add(file + ": " + mistake.getMessage());
      }
    }
    if (!mistakes.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", mistakes));
    }
    return prompts;
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ENDING) && !file.endsWith("README.md"))
          .sorted()
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + folder, failure);
    }
  }

  private void put(Path file) {
    String fileName = String.valueOf(file.getFileName());
    String name = fileName.substring(0, fileName.length() - ENDING.length());
    Role role =
        roleOf(name)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "a prompt is named after its role, such as coder.md, or coder.terse.md for a"
                        + " variant; the roles are "
                        + Arrays.stream(Role.values()).map(Role::word).toList()));
    PromptTemplate template = PromptTemplate.parse(name, read(file));
    Set<String> unknown = new HashSet<>(template.words());
    unknown.removeAll(PromptTemplate.bundled(role.word()).words());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "nothing is filled in for "
              + unknown
              + "; a "
              + role.word()
              + " has "
              + PromptTemplate.bundled(role.word()).words());
    }
    byName.put(name, new Entry(template, file.toString()));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new IllegalArgumentException("it is no text in UTF-8 that can be read", failure);
    }
  }

  /** The role of a prompt of that name. */
  public static Optional<Role> roleOf(String name) {
    var parts = NAME.matcher(name);
    return parts.matches() ? Role.of(parts.group(1)) : Optional.empty();
  }

  /** In the order of their names. */
  public List<Entry> all() {
    return List.copyOf(byName.values());
  }

  public Optional<Entry> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public PromptTemplate of(Role role) {
    return find(role.word()).orElseThrow().template();
  }
}
