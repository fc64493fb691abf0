package dev.capstan.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The bytes in some folders: each file in whole blocks and at least one, hard links once, symbolic
 * links not followed.
 *
 * <p>The tree is foreign and changes while it is read. Folders are read to the end one after the
 * other, so that a deep one costs no file descriptors.
 */
final class DiskUsage {
  private static final long BLOCK = 4096;

  private final Deque<Path> pending = new ArrayDeque<>();
  private final Set<Object> seen = new HashSet<>();
  private long bytes;

  private DiskUsage() {}

  /**
   * Their sum; {@link Long#MAX_VALUE} if a path is too long to be looked at, as nothing honest
   * makes one.
   */
  static long of(Collection<Path> roots) {
    DiskUsage usage = new DiskUsage();
    roots.forEach(usage::add);
    while (!usage.pending.isEmpty() && usage.bytes < Long.MAX_VALUE) {
      usage.list(usage.pending.pop());
    }
    return usage.bytes;
  }

  private void list(Path folder) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(this::add);
    } catch (IOException e) {
      note(e);
    } catch (DirectoryIteratorException e) {
      note(e.getCause());
    }
  }

  private void add(Path path) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      Object key = Optional.<Object>ofNullable(attributes.fileKey()).orElse(path);
      if (bytes == Long.MAX_VALUE || !seen.add(key)) {
        return;
      }
      bytes += blocks(attributes.size());
      if (attributes.isDirectory()) {
        pending.push(path);
      }
    } catch (IOException e) {
      note(e);
    }
  }

  private static long blocks(long size) {
    return Math.max(1, (size + BLOCK - 1) / BLOCK) * BLOCK;
  }

  /** What is gone, or closed to us, isn't counted. */
  private void note(@Nullable IOException e) {
    if (e instanceof FileSystemException f && "File name too long".equals(f.getReason())) {
      bytes = Long.MAX_VALUE;
    }
  }
}
