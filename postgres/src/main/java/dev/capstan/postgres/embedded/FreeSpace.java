package dev.capstan.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether there is room on the disk of a folder. */
final class FreeSpace {
  private static final long ALMOST_NOTHING = 64 * 1024;

  private FreeSpace() {}

  /** True if that is why something failed; the system's own words may be in any language. */
  static boolean isExhausted(Path folder, IOException failure) {
    return String.valueOf(failure.getMessage()).contains("No space left")
        || usableBytes(folder) < ALMOST_NOTHING;
  }

  /** Refuses early, since half a file tree helps nobody. */
  static void require(Path folder, long bytes, String what) {
    long usable = usableBytes(folder);
    if (usable < bytes) {
      throw new EmbeddedPostgresFailed(
          "The disk of "
              + folder
              + " is too full for "
              + what
              + ": it has "
              + megabytes(usable)
              + " free and "
              + megabytes(bytes)
              + " are needed. Free some space, or choose a folder on another disk.");
    }
  }

  private static String megabytes(long bytes) {
    return bytes / (1024 * 1024) + " MB";
  }

  private static long usableBytes(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException _) {
      return Long.MAX_VALUE; // unknown: the folder may be missing, and that is another's complaint
    }
  }
}
