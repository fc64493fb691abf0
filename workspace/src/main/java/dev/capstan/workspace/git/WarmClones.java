package dev.capstan.workspace.git;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Keeps one clone ready for each large project, made after a use and before the next. It is moved
 * to where it is wanted and brought to the commit that is wanted, which writes only the files that
 * differ. Nobody but us ever wrote into it, so its git may be run.
 *
 * <p>A clone counts as ready once the file beside it says so; that file is written last, and
 * deleting it is how one taker among many gets the clone. Safe for many threads and processes.
 */
final class WarmClones implements AutoCloseable {
  static final String READY = ".ready";

  private static final int MOST_KEPT = 8;
  private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

  private final Layout layout;
  private final Clones clones;
  private final int fromEntries;
  private final String boot;
  private final Set<ProjectId> filling = ConcurrentHashMap.newKeySet();
  private final ExecutorService filler =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("warm-clones").factory());

  /**
   * @param fromEntries how many files a project must have for a clone to be kept; a smaller one is
   *     made as fast as moved
   */
  WarmClones(Layout layout, Clones clones, int fromEntries) {
    this.layout = layout;
    this.clones = clones;
    this.fromEntries = fromEntries;
    this.boot = Boot.id();
  }

  /** True if the folder now holds a clone at the commit; else it is as it was. */
  boolean take(ProjectId project, Path mirror, CommitId commit, Path folder) {
    for (Path marker : markers(layout.warm(project))) {
      Path clone = cloneOf(marker);
      boolean there = isAt(marker, mirror, commit);
      if (claim(marker)) {
        if ((there || isBrought(clone, mirror, commit)) && isMoved(clone, folder)) {
          return true;
        }
        FolderRemoval.remove(clone, layout);
      }
    }
    return false;
  }

  /** Makes the next one ready, in the background, if the clone that was just made is large. */
  void refill(ProjectId project, Path mirror, CommitId commit, Path made) {
    if (GitIndex.entries(made) >= fromEntries && filling.add(project)) {
      filler.execute(() -> {
        try {
          fill(project, mirror, commit);
        } finally {
          filling.remove(project);
        }
      });
    }
  }

  /** Removes what is not ready, or was made before the machine's last start. */
  void clearUnfinished() {
    for (Path project : entries(layout.warm())) {
      List<Path> ready = markers(project).stream().filter(this::ofThisBoot).toList();
      List<Path> kept =
          ready.stream()
              .<Path>mapMulti((marker, each) -> {
                each.accept(marker);
                each.accept(cloneOf(marker));
              })
              .toList();
      entries(project).stream()
          .filter(entry -> !kept.contains(entry))
          .forEach(entry -> FolderRemoval.remove(entry, layout));
    }
  }

  private void fill(ProjectId project, Path mirror, CommitId commit) {
    Path home = layout.warm(project);
    if (!markers(home).isEmpty()) {
      return;
    }
    Path clone = home.resolve(UUID.randomUUID().toString());
    try {
      clones.make(mirror, commit, clone);
      Path draft = home.resolve(clone.getFileName() + ".part");
      Files.writeString(draft, boot + "\n" + commit + "\n", StandardCharsets.UTF_8);
      Files.move(draft, markerOf(clone), StandardCopyOption.ATOMIC_MOVE);
      removeOldest();
    } catch (IOException | RuntimeException _) {
      // Nothing is lost: the next clone is made where it is wanted, and says what is wrong.
      FolderRemoval.remove(clone, layout);
    }
  }

  /** What lies beyond a shallow mirror's edge may have changed without the commit. */
  private static boolean isAt(Path marker, Path mirror, CommitId commit) {
    try {
      return !Files.exists(mirror.resolve("shallow"))
          && Files.readString(marker, StandardCharsets.UTF_8).endsWith("\n" + commit + "\n");
    } catch (IOException _) {
      return false;
    }
  }

  private boolean isBrought(Path clone, Path mirror, CommitId commit) {
    try {
      clones.bringTo(mirror, commit, clone);
      return true;
    } catch (IOException | GitFailure unusable) {
      if (Thread.currentThread().isInterrupted()) {
        throw new GitFailure("interrupted while bringing " + clone + " to " + commit, unusable);
      }
      return false;
    }
  }

  private static boolean isMoved(Path clone, Path folder) {
    try {
      Files.createDirectories(folder.toAbsolutePath().getParent());
      Files.move(clone, folder, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (IOException unusable) {
      return false;
    }
  }

  private boolean claim(Path marker) {
    try {
      boolean current = ofThisBoot(marker);
      Files.delete(marker);
      if (!current) {
        FolderRemoval.remove(cloneOf(marker), layout);
      }
      return current;
    } catch (NoSuchFileException _) {
      return false;
    } catch (IOException failure) {
      throw new GitFailure("the clone of " + marker + " can't be taken: " + failure, failure);
    }
  }

  /** After a loss of power the marker may be on the disk, and the files before it not. */
  private boolean ofThisBoot(Path marker) {
    try {
      return Files.readString(marker, StandardCharsets.UTF_8).startsWith(boot + "\n");
    } catch (IOException _) {
      return false;
    }
  }

  private void removeOldest() {
    List<Path> all = new ArrayList<>();
    entries(layout.warm()).forEach(project -> all.addAll(markers(project)));
    all.stream()
        .sorted(Comparator.comparing(WarmClones::modified).reversed())
        .skip(MOST_KEPT)
        .filter(this::claim)
        .forEach(marker -> FolderRemoval.remove(cloneOf(marker), layout));
  }

  private static FileTime modified(Path marker) {
    try {
      return Files.getLastModifiedTime(marker);
    } catch (IOException _) {
      return FileTime.fromMillis(0);
    }
  }

  private static List<Path> markers(Path home) {
    return entries(home).stream().filter(entry -> entry.toString().endsWith(READY)).toList();
  }

  private static Path markerOf(Path clone) {
    return clone.resolveSibling(clone.getFileName() + READY);
  }

  private static Path cloneOf(Path marker) {
    String name = marker.getFileName().toString();
    return marker.resolveSibling(name.substring(0, name.length() - READY.length()));
  }

  private static List<Path> entries(Path folder) {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
      found.forEach(entries::add);
    } catch (IOException failure) {
      throw new UncheckedIOException("the folder " + folder + " can't be read", failure);
    }
    return entries;
  }

  /** Waits until nothing is being made ready. */
  void settle() throws InterruptedException {
    try {
      filler.submit(() -> {}).get();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() {
    filler.shutdownNow();
    try {
      filler.awaitTermination(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
