package dev.capstan.postgres.embedded;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/**
 * A data folder can't be used. The message says what is wrong, which folder, and what to do;
 * nothing in the folder was changed.
 */
public final class DataFolderUnusable extends RuntimeException {
  private static final long serialVersionUID = 1;

  DataFolderUnusable(String message) {
    super(message);
  }

  private DataFolderUnusable(String message, IOException cause) {
    super(message, cause);
  }

  static DataFolderUnusable because(Path folder, IOException cause) {
    return new DataFolderUnusable(
        "The data folder " + folder + " can't be used: " + advice(folder, cause), cause);
  }

  private static String advice(Path folder, IOException cause) {
    if (FreeSpace.isExhausted(folder, cause)) {
      return "its disk is full. Free some space, or choose a folder on another disk.";
    }
    if (cause instanceof AccessDeniedException denied) {
      return "no permission for "
          + denied.getFile()
          + ". Make it yours (chown) and writable, or choose another folder.";
    }
    return cause + ". Repair that, or choose another folder.";
  }
}
