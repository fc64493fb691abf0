package dev.capstan.postgres.embedded;

import dev.capstan.postgres.embedded.Ownership.Owned;
import dev.capstan.postgres.embedded.Ownership.OwnedBy;
import dev.capstan.postgres.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The program of a child process that owns a data folder with a running server until its standard
 * input ends. It says what it has in one line.
 */
final class Owner {
  private Owner() {}

  public static void main(String[] arguments) throws IOException {
    Path path = Path.of(arguments[0]);
    try {
      switch (DataFolder.tryOwn(path)) {
        case Owned(DataFolder folder) -> hold(folder);
        case OwnedBy owner -> say("owned by " + owner.pid());
      }
    } catch (DataFolderUnusable | EmbeddedPostgresFailed failure) {
      say(("failed " + failure.getMessage()).replace('\n', ' '));
    }
  }

  private static void hold(DataFolder folder) throws IOException {
    try (folder;
        EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, TestDatabase.binaries())) {
      say("ready " + postgres.pid() + ' ' + (postgres.isTakenOver() ? "taken-over" : "started"));
      int end = System.in.read();
      say("ending " + end);
    }
  }

  @SuppressWarnings("SystemOut") // that is how a child process speaks
  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
