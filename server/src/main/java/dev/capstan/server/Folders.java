package dev.capstan.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a server keeps what it keeps.
 *
 * @param data of its own: what is under way, caches, logs, its embedded database
 * @param shared with the other servers of its installation: mirrors, artifacts, the local forge,
 *     keys, policies, templates, triggers; the same folder if there is no other server
 */
record Folders(Path data, Path shared) {
  /** Makes the shared one if it is missing. */
  static Folders of(Path data, Settings settings) {
    try {
      return new Folders(data, Files.createDirectories(settings.shared()).toRealPath());
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "the shared folder " + settings.shared() + " cannot be used", failure);
    }
  }
}
