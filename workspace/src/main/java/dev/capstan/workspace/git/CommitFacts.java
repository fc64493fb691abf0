package dev.capstan.workspace.git;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.capstan.core.CommitId;
import dev.capstan.workspace.git.GitStore.FileChange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What git has said of the commits of mirrors. No commit ever changes or leaves its mirror, so git
 * is asked once; each program that is not started saves some ten milliseconds of a processor.
 */
final class CommitFacts {
  private static final int MOST_COMMITS = 10_000;

  /** Of listings and changes together with others like them; some 200 bytes each. */
  private static final int MOST_ENTRIES = 100_000;

  private static final int MOST_BYTES = 8_000_000;
  private static final int LONGEST_BLOB = 100_000;
  private static final Duration UNUSED = Duration.ofMinutes(10);

  private final Cache<Key, Boolean> held = commits();
  private final Cache<Key, String> trees = commits();
  private final Cache<Key, Inventory> inventories =
      Caffeine.newBuilder().maximumSize(100).expireAfterAccess(UNUSED).build();
  private final Cache<Key, Listing> listings =
      Caffeine.newBuilder()
          .maximumWeight(MOST_ENTRIES)
          .weigher((Key _, Listing listing) -> 1 + listing.entries().size())
          .expireAfterAccess(UNUSED)
          .build();
  private final Cache<Key, List<FileChange>> changes =
      Caffeine.newBuilder()
          .maximumWeight(MOST_ENTRIES)
          .weigher((Key _, List<FileChange> list) -> 1 + list.size())
          .expireAfterAccess(UNUSED)
          .build();
  private final Cache<Key, byte[]> blobs =
      Caffeine.newBuilder()
          .maximumWeight(MOST_BYTES)
          .weigher((Key _, byte[] content) -> 1 + content.length)
          .expireAfterAccess(UNUSED)
          .build();

  /**
   * What an answer is about.
   *
   * @param ids of one commit or blob, or of two commits
   */
  private record Key(Path gitDir, String ids) {}

  private static <V> Cache<Key, V> commits() {
    return Caffeine.newBuilder().maximumSize(MOST_COMMITS).build();
  }

  /** Not by the cache's own loading, which would let others wait for git. */
  private static <V> V once(Cache<Key, V> cache, Key key, Supplier<V> reading) {
    V known = cache.getIfPresent(key);
    if (known != null) {
      return known;
    }
    V read = reading.get();
    cache.put(key, read);
    return read;
  }

  /** True if it was once seen there. */
  boolean holds(Git git, CommitId commit) {
    return held.getIfPresent(key(git, commit)) != null;
  }

  void seen(Git git, CommitId commit) {
    held.put(key(git, commit), true);
  }

  Listing listing(Git git, CommitId commit) {
    return once(listings, key(git, commit), () -> Listing.of(git, commit.value()));
  }

  Inventory inventory(Git git, CommitId commit) {
    return once(
        inventories, key(git, commit), () -> TreeEntries.inventory(git, listing(git, commit)));
  }

  /** The id of the commit's tree. */
  String tree(Git git, CommitId commit) {
    return once(
        trees, key(git, commit), () -> git.line("rev-parse", "--verify", commit + "^{tree}"));
  }

  List<FileChange> changes(Git git, CommitId from, CommitId to) {
    Key both = new Key(git.gitDir(), from + ".." + to);
    return once(changes, both, () -> Changes.between(git, from, to));
  }

  /** Of a plain file; empty if there is none, or it is longer than that. */
  Optional<byte[]> content(Git git, CommitId commit, String path, int maxBytes) {
    return listing(git, commit)
        .at(path)
        .filter(Listing.Entry::isFile)
        .filter(entry -> entry.size() <= maxBytes)
        .map(entry -> content(git, entry));
  }

  private byte[] content(Git git, Listing.Entry entry) {
    if (entry.size() > LONGEST_BLOB) {
      return Contents.blob(git, entry.object());
    }
    Key blob = new Key(git.gitDir(), entry.object());
    return once(blobs, blob, () -> Contents.blob(git, entry.object())).clone();
  }

  private static Key key(Git git, CommitId commit) {
    return new Key(git.gitDir(), commit.value());
  }
}
