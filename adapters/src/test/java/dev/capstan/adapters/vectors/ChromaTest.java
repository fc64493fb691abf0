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

/** With the real server. */
@Tag("slow")
@EnabledIf(
    value = "dev.capstan.testkit.process.RealServer#areInstalled",
    disabledReason = "DID_NOT_RUN: Chroma is not installed; ./verify installs it")
final class ChromaTest extends ConfiguredStoreContract {
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
                RealServer.program("chroma"),
                "run",
                "--path",
                folder.resolve("data").toString(),
                "--host",
                "127.0.0.1",
                "--port",
                String.valueOf(port)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  VectorSettings settings() {
    return new VectorSettings(Kind.CHROMA, "http://127.0.0.1:" + server.port(), "", "capstan");
  }
}
