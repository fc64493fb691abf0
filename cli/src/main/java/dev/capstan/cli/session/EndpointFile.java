package dev.capstan.cli.session;

import dev.capstan.api.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** The note in a data folder that says how to reach its server. Readable by its owner only. */
final class EndpointFile {
  private final Path file;

  EndpointFile(Path dataFolder) {
    this.file = dataFolder.resolve(Endpoint.FILE);
  }

  /** What stands there; empty if there is none, or it is not whole. */
  Optional<Endpoint> read() {
    try {
      return Optional.of(Json.MAPPER.readValue(Files.readString(file), Endpoint.class));
    } catch (IOException | JacksonException _) {
      return Optional.empty();
    }
  }

  void write(Endpoint endpoint) throws IOException {
    Path aside =
        Files.createTempFile(
            file.getParent(),
            "endpoint",
            ".part",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(aside, Json.MAPPER.writeValueAsString(endpoint));
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
