package dev.capstan.server.knowledge;

import dev.capstan.knowledge.embedding.BundledEmbedder;
import dev.capstan.knowledge.embedding.Embedder;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which model tells what a text is about. */
public final class Embedders {
  private static final Logger LOG = LoggerFactory.getLogger(Embedders.class);

  private Embedders() {}

  /**
   * The one that comes with Capstan; empty where it does not run.
   *
   * @param libraries where its native libraries are unpacked
   */
  public static Optional<Embedder> bundled(Path libraries) {
    try {
      return Optional.of(BundledEmbedder.load(libraries));
    } catch (UncheckedIOException failure) {
      LOG.atWarn().setCause(failure).log("code is found by its words and names alone");
      return Optional.empty();
    }
  }
}
