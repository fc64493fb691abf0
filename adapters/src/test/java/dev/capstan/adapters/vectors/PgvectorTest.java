package dev.capstan.adapters.vectors;

import dev.capstan.adapters.vectors.VectorSettings.Kind;
import dev.capstan.testkit.process.RealServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * With PostgreSQL and pgvector as PGlite has them, over the wire. All its connections are one
 * session, so statements must not have names.
 */
@Tag("slow")
@EnabledIf(
    value = "dev.capstan.testkit.process.RealServer#areInstalled",
    disabledReason =
        "DID_NOT_RUN: a PostgreSQL with pgvector is not installed; ./verify installs it")
final class PgvectorTest extends ConfiguredStoreContract {
  @TempDir static Path folder;

  private static RealServer server;

  @BeforeAll
  static void start() throws Exception {
    int port = RealServer.freePort();
    server =
        RealServer.start(
            folder.resolve("log"),
            port,
            List.of(
                RealServer.program("pglite-server"),
                "--port=" + port,
                "--extensions=@electric-sql/pglite-pgvector:vector",
                "--max-connections=10"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  VectorSettings settings() {
    String url =
        "postgresql://postgres@127.0.0.1:%d/postgres?sslmode=disable&prepareThreshold=0"
            .formatted(server.port());
    return new VectorSettings(Kind.PGVECTOR, url, "postgres", "capstan");
  }
}
