package dev.capstan.adapters.vectors;

import dev.capstan.adapters.vectors.VectorSettings.Kind;
import dev.capstan.testkit.qdrant.QdrantServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Over the wire that Qdrant documents; the real one was not there to be tried. */
final class QdrantTest extends ConfiguredStoreContract {
  private static QdrantServer server;

  @BeforeAll
  static void start() {
    server = new QdrantServer(0, "a-key");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  VectorSettings settings() {
    return new VectorSettings(Kind.QDRANT, server.url(), "a-key", "capstan");
  }
}
