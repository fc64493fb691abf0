package dev.capstan.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The mark that makes a folder a data folder, with the number of its layout. */
final class FolderLayout {
  /** Raised when an older Capstan could no longer make sense of the folder. */
  static final int CURRENT = 1;

  static final String MARK_FILE = "capstan-layout";
  private static final Pattern MARK = Pattern.compile("layout=(\\d{1,9})\\s*");

  /** What a first owner that was killed may have left before the mark was written. */
  private static final Set<String> BEFORE_MARK = Set.of(OwnerLock.LOCK_FILE, OwnerLock.NOTE_FILE);

  private FolderLayout() {}

  /** Reads only. */
  static void requireKnown(Path folder) throws IOException {
    requireMarkedOrEmpty(folder);
    if (isMarked(folder)) {
      requireLayout(folder);
      requirePostgres(folder);
    }
  }

  private static boolean isMarked(Path folder) {
    return Files.exists(folder.resolve(MARK_FILE));
  }

  static void writeIfMissing(Path folder) throws IOException {
    if (!isMarked(folder)) {
      AtomicFile.write(folder.resolve(MARK_FILE), "layout=" + CURRENT + "\n");
    }
  }

  /** Made once. */
  static String serverId(Path folder) throws IOException {
    Path file = folder.resolve("server-id");
    if (!Files.exists(file)) {
      AtomicFile.write(file, UUID.randomUUID() + "\n");
    }
    return UUID.fromString(Files.readString(file).strip()).toString();
  }

  private static void requireLayout(Path folder) throws IOException {
    Path mark = folder.resolve(MARK_FILE);
    Matcher text = MARK.matcher(Files.readString(mark));
    if (!text.matches()) {
      throw new DataFolderUnusable(
          "The file " + mark + " should say layout=" + CURRENT + " but is damaged. Restore it.");
    }
    int layout = Integer.parseInt(text.group(1));
    if (layout > CURRENT) {
      throw new DataFolderUnusable(
          "The data folder "
              + folder
              + " was written by a newer Capstan (layout "
              + layout
              + ", this one knows up to "
              + CURRENT
              + "). Nothing was changed. Use that Capstan, or another folder.");
    }
  }

  private static void requirePostgres(Path folder) throws IOException {
    Optional<Integer> theirs = Cluster.majorVersion(folder);
    int ours = PostgresBinaries.majorVersion();
    if (theirs.isPresent() && theirs.get() != ours) {
      throw new DataFolderUnusable(
          "The data folder "
              + folder
              + " was written by PostgreSQL "
              + theirs.get()
              + " and this Capstan brings "
              + ours
              + ". Nothing was changed. Use the Capstan that wrote it, or bring the data over with"
              + " its pg_dump.");
    }
  }

  /**
   * An owner writes the mark before anything else, so what it has made meanwhile is not foreign.
   */
  private static void requireMarkedOrEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      Optional<Path> foreign = files.filter(file -> !isOurs(file)).findFirst();
      if (foreign.isPresent() && !isMarked(folder)) {
        throw new DataFolderUnusable(
            "The folder "
                + folder
                + " is not a data folder of Capstan and not empty: it holds "
                + foreign.get().getFileName()
                + ". Name an empty or a new folder.");
      }
    }
  }

  private static boolean isOurs(Path file) {
    String name = String.valueOf(file.getFileName());
    return BEFORE_MARK.contains(name)
        || BEFORE_MARK.stream().anyMatch(one -> name.startsWith("." + one))
        || name.startsWith("." + MARK_FILE);
  }
}
