package dev.capstan.server.rest;

import dev.capstan.control.records.Policies;
import dev.capstan.core.ProjectId;
import dev.capstan.core.policy.BuiltInPacks;
import dev.capstan.core.policy.Pack;
import dev.capstan.core.policy.Policy;
import dev.capstan.workspace.toolchain.PolicyFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The policy packs of an installation: the built-in ones, and its own in {@code policies/*.yaml} of
 * the data folder, read anew each time.
 */
public final class PolicyPacks {
  private static final int MOST_FILES = 200;
  private static final String SUFFIX = ".yaml";

  private final Path folder;
  private final Policies choices;

  public PolicyPacks(Path folder, Policies choices) {
    this.folder = folder;
    this.choices = choices;
  }

  /** All of them; throws {@link IllegalArgumentException} if a file cannot be understood. */
  List<Pack> all() {
    List<Pack> all = new ArrayList<>(BuiltInPacks.all());
    for (Path file : files()) {
      all.add(own(file));
    }
    return all;
  }

  private List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).endsWith(SUFFIX))
          .sorted(Comparator.comparing(Path::toString))
          .limit(MOST_FILES)
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot list " + folder, failure);
    }
  }

  private static Pack own(Path file) {
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.yaml$", "");
    if (BuiltInPacks.all().stream().anyMatch(pack -> pack.name().equals(name))) {
      throw ApiException.invalid(
          file + " has the name of a built-in policy pack; rename it, and extend that one");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(PolicyFile.LARGEST + 1);
      if (bytes.length > PolicyFile.LARGEST) {
        throw ApiException.invalid(file + " is larger than 1 MiB, which no policy is");
      }
      return PolicyFile.pack(name, new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + file, failure);
    }
  }

  /** The pack of that name. Only its own file is read. */
  Pack find(String name) {
    return BuiltInPacks.all().stream()
        .filter(pack -> pack.name().equals(name))
        .findFirst()
        .orElseGet(() ->
            files().stream()
                .filter(file -> String.valueOf(file.getFileName()).equals(name + SUFFIX))
                .findFirst()
                .map(PolicyPacks::own)
                .orElseThrow(() ->
                    ApiException.notFound(
                        "there is no policy pack "
                            + name
                            + "; capstan policy list shows them, and own ones are files in "
                            + folder)));
  }

  /** What holds for a project before its repository and its plans ask for more. */
  Policy policy(ProjectId project) {
    return Policy.of(find(choices.of(project).or(choices::usual).orElse(BuiltInPacks.STANDARD)));
  }

  /** What holds for a project that nobody has named. */
  Policy usual() {
    return Policy.of(find(choices.usual().orElse(BuiltInPacks.STANDARD)));
  }

  void choose(ProjectId project, String pack) {
    choices.choose(project, find(pack).name());
  }

  void chooseUsual(String pack) {
    choices.chooseUsual(find(pack).name());
  }
}
