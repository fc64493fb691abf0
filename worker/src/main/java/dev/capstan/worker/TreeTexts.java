package dev.capstan.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Texts of a fresh clone, in which nothing was started yet. No link is followed. */
record TreeTexts(Path tree) {
  private static final int LARGEST = 512 * 1024;

  /** Empty for what is no plain file, is too large or can't be read. */
  Optional<String> of(String path) {
    Path file = tree.resolve(path).normalize();
    if (!file.startsWith(tree) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      return bytes.length > LARGEST
          ? Optional.empty()
          : Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
