package dev.capstan.workspace.git;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the head of an index file: "DIRC", version, number of entries. */
final class GitIndex {
  private GitIndex() {}

  /** How many files the clone's index names; 0 if it has no index. */
  static int entries(Path clone) {
    Path index = clone.resolve(".git/index");
    try (DataInputStream in = new DataInputStream(Files.newInputStream(index))) {
      in.skipNBytes(8);
      return in.readInt();
    } catch (IOException _) {
      return 0;
    }
  }
}
