package dev.capstan.adapters.vectors;

import dev.capstan.knowledge.vectors.VectorStore;
import dev.capstan.knowledge.vectors.VectorStoreContract;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

/** The contract over a server, each case in a project of its own. */
abstract class ConfiguredStoreContract extends VectorStoreContract {
  private static final AtomicInteger PROJECTS = new AtomicInteger();

  private Optional<OutsideVectors> stores = Optional.empty();
  private String project = "";

  abstract VectorSettings settings();

  @Override
  protected VectorStore open() {
    project = "project." + PROJECTS.incrementAndGet();
    return again();
  }

  @Override
  protected VectorStore again() {
    close();
    OutsideVectors opened = OutsideVectors.of(settings());
    stores = Optional.of(opened);
    return opened.of(project, "model-1.5");
  }

  @AfterEach
  void close() {
    stores.ifPresent(OutsideVectors::close);
  }
}
