package dev.capstan.server;

import dev.capstan.postgres.embedded.DataFolder;
import dev.capstan.postgres.embedded.Ownership;
import java.nio.file.Path;

/** The answer to the wish to run the server of a data folder. */
public sealed interface Claim {
  /** This process may, and must start it or give up the folder. */
  final class Mine implements Claim {
    private final Settings settings;
    private final DataFolder folder;

    private Mine(Settings settings, DataFolder folder) {
      this.settings = settings;
      this.folder = folder;
    }

    /** Starts everything; the folder is given up when the server is closed or does not start. */
    public CapstanServer start() {
      return CapstanServer.start(Installation.start(settings, folder));
    }

    /** The same for a server that others reach too. */
    public CapstanServer start(Configuration configuration) {
      CapstanServer server =
          CapstanServer.start(
              Installation.start(settings, folder),
              configuration.listening(),
              configuration.limits());
      try {
        configuration.workers().ifPresent(server::listenToWorkers);
        return server;
      } catch (RuntimeException failure) {
        server.close();
        throw failure;
      }
    }
  }

  /** Another process does. */
  record Theirs(Path folder, long pid) implements Claim {}

  /**
   * Throws {@link dev.capstan.postgres.embedded.DataFolderUnusable} if the folder cannot be one.
   */
  static Claim on(Settings settings) {
    return switch (DataFolder.tryOwn(settings.data())) {
      case Ownership.Owned(var folder) -> new Mine(settings, folder);
      case Ownership.OwnedBy(var path, var pid, _) -> new Theirs(path, pid);
    };
  }
}
