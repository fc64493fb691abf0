package dev.capstan.server.knowledge;

import dev.capstan.knowledge.embedding.Embedder;
import java.util.Optional;
import java.util.function.Supplier;

/** One embedder for all of a server, loaded when it is first needed. Safe for many threads. */
public final class SharedEmbedder implements Supplier<Optional<Embedder>>, AutoCloseable {
  private final Supplier<Optional<Embedder>> loader;
  private Optional<Embedder> loaded = Optional.empty();
  private boolean asked;

  /** {@code loader} is asked at most once; empty where no embedder runs. */
  public SharedEmbedder(Supplier<Optional<Embedder>> loader) {
    this.loader = loader;
  }

  @Override
  public synchronized Optional<Embedder> get() {
    if (!asked) {
      loaded = loader.get();
      asked = true;
    }
    return loaded;
  }

  @Override
  public synchronized void close() {
    loaded.ifPresent(Embedder::close);
  }
}
