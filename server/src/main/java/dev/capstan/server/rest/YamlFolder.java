package dev.capstan.server.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files {@code NAME.yaml} of a folder of the installation, looked at anew each time. */
public final class YamlFolder {
  private static final int MOST_FILES = 200;
  private static final int LARGEST = 1 << 20;
  private static final String SUFFIX = ".yaml";

  private final Path folder;
  private final String what;

  /** {@code what} is what such a file holds, for messages. */
  public YamlFolder(Path folder, String what) {
    this.folder = folder;
    this.what = what;
  }

  /** In the order of their names; none if there is no such folder. */
  public List<Path> files() {
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

  public Optional<Path> find(String name) {
    return files().stream().filter(file -> name(file).equals(name)).findFirst();
  }

  /** The file's name without its ending. */
  public static String name(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("\\.yaml$", "");
  }

  /** Throws {@link ApiException} if it is larger than 1 MiB. */
  public String text(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw ApiException.invalid(file + " is larger than 1 MiB, which no " + what + " is");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + file, failure);
    }
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
