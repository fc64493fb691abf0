package dev.capstan.knowledge.discovery;

import dev.capstan.knowledge.FileRecord;
import dev.capstan.knowledge.FileState;
import dev.capstan.knowledge.FileState.Lines;
import dev.capstan.knowledge.FileState.Reason;
import dev.capstan.knowledge.Language;
import dev.capstan.workspace.git.GitFailure;
import dev.capstan.workspace.git.SourceTree;
import dev.capstan.workspace.git.SourceTree.Entry;
import dev.capstan.workspace.optout.OptOut;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Decides about every file of a tree, first by its name, then by its content. What opted out is
 * read only as far as it takes to see that.
 */
public final class Discovery {
  /** Of a longer file only so much is read. */
  static final int MOST_READ = 1 << 20;

  static final long LARGEST = 20L << 20;

  private final SourceTree tree;
  private final List<Entry> entries;
  private final OptOut optOut;

  /** What was found out about one file. */
  public sealed interface Found {
    /** Nothing of it will be indexed. */
    record Settled(FileRecord file) implements Found {}

    /** This text may be indexed; the state is what it will be if that succeeds. */
    record Text(FileRecord file, String text) implements Found {}
  }

  private Discovery(SourceTree tree) {
    this.tree = tree;
    this.entries = tree.entries();
    Map<String, Entry> byPath =
        entries.stream().collect(Collectors.toMap(Entry::path, Function.identity(), (a, _) -> a));
    this.optOut =
        OptOut.of(
            path -> Optional.ofNullable(byPath.get(path)).flatMap(this::list),
            OptOut.READING_LISTS);
  }

  public static Discovery of(SourceTree tree) {
    return new Discovery(tree);
  }

  private Optional<String> list(Entry entry) {
    return entry.kind() == SourceTree.Kind.FILE
        ? tree.content(entry, MOST_READ).map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        : Optional.empty();
  }

  public List<Entry> entries() {
    return entries;
  }

  /** What the name, the kind and the size say, without a look at the content. */
  public Optional<FileRecord> byName(Entry entry) {
    return kindReason(entry)
        .or(() -> NameRules.reason(entry.path()))
        .or(() -> entry.size() > LARGEST ? Optional.of(Reason.TOO_LARGE) : Optional.empty())
        .<FileState>map(FileState.Skipped::new)
        .or(() -> optOut.listed(entry.path()).map(list -> optedOut("is named by " + list)))
        .map(state -> record(entry, entry.blob(), state));
  }

  private static FileState optedOut(String how) {
    return new FileState.OptedOut(how);
  }

  private static Optional<Reason> kindReason(Entry entry) {
    return switch (entry.kind()) {
      case FILE -> Optional.empty();
      case LINK -> Optional.of(Reason.LINK);
      case SUBMODULE -> Optional.of(Reason.SUBMODULE);
      case UNREADABLE_NAME -> Optional.of(Reason.UNREADABLE_NAME);
    };
  }

  /** Reads a file about which its name says nothing. */
  public Found byContent(Entry entry) {
    try {
      Optional<byte[]> content = tree.content(entry, (int) Math.min(entry.size(), LARGEST));
      return content
          .map(bytes -> judged(entry, bytes))
          .orElseGet(() -> failed(entry, "has gone while the tree was read"));
    } catch (GitFailure failure) {
      return failed(entry, "can't be read: " + failure.getMessage());
    }
  }

  private static Found failed(Entry entry, String error) {
    return new Found.Settled(record(entry, entry.blob(), new FileState.Failed(error)));
  }

  private static Found judged(Entry entry, byte[] bytes) {
    String blob = entry.blob().isEmpty() ? Blobs.id(bytes) : entry.blob();
    if (bytes.length == 0) {
      return settled(entry, blob, new FileState.Skipped(Reason.EMPTY));
    }
    if (Decoding.isBinary(bytes)) {
      return settled(entry, blob, new FileState.Skipped(Reason.BINARY));
    }
    byte[] read = bytes.length > MOST_READ ? wholeLines(bytes) : bytes;
    Optional<String> decoded = Decoding.text(read);
    if (decoded.isEmpty()) {
      return settled(entry, blob, new FileState.Skipped(Reason.UNKNOWN_ENCODING));
    }
    String text = decoded.get();
    return OptOut.marked(text)
        .map(Discovery::optedOut)
        .or(() -> ContentRules.reason(text).map(FileState.Skipped::new))
        .map(state -> settled(entry, blob, state))
        .orElseGet(() -> readable(entry, blob, text, read.length < bytes.length));
  }

  private static Found settled(Entry entry, String blob, FileState state) {
    return new Found.Settled(record(entry, blob, state));
  }

  private static Found readable(Entry entry, String blob, String text, boolean cut) {
    FileState state =
        cut
            ? new FileState.Partial(
                List.of(new Lines(1, (int) text.lines().count())),
                "is larger than " + MOST_READ / 1024 + " KiB; only its beginning was read")
            : new FileState.Indexed();
    return new Found.Text(record(entry, blob, state), text);
  }

  private static FileRecord record(Entry entry, String blob, FileState state) {
    return new FileRecord(entry.path(), blob, entry.size(), Language.of(entry.path()), state);
  }

  /** As many whole lines as may be read; where the first is longer, its beginning. */
  private static byte[] wholeLines(byte[] bytes) {
    int end = MOST_READ;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return Arrays.copyOf(bytes, end > 0 ? end : MOST_READ);
  }
}
