package dev.capstan.workspace.artifact;

import dev.capstan.core.ContentHash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The port to artifacts: bytes under the hash of their content. Keeping the same twice is once. */
public interface ArtifactStore {
  /** Keeps what the stream yields, durably. The caller closes the stream. */
  ContentHash keep(InputStream content) throws IOException;

  boolean holds(ContentHash hash);

  /** The content. Throws {@link java.nio.file.NoSuchFileException} if it is not held. */
  InputStream open(ContentHash hash) throws IOException;

  /** The size in bytes. */
  long size(ContentHash hash) throws IOException;

  /**
   * Deletes what a crash has left half written. Only for the one process that keeps artifacts,
   * before it begins.
   */
  void clearUnfinished() throws IOException;

  default ContentHash keep(String text) throws IOException {
    return keep(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  default String text(ContentHash hash) throws IOException {
    try (InputStream content = open(hash)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
