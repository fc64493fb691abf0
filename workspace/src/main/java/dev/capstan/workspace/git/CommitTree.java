package dev.capstan.workspace.git;

import dev.capstan.core.CommitId;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A commit's files, read by one program that answers many questions. */
final class CommitTree implements SourceTree {
  private final Git git;
  private final CommitId commit;
  private final Supplier<Listing> listing;
  private @Nullable Reader reader;

  /** The listing is asked for when it is needed. */
  CommitTree(Git git, CommitId commit, Supplier<Listing> listing) {
    this.git = git;
    this.commit = commit;
    this.listing = listing;
  }

  @Override
  public List<Entry> entries() {
    return listing.get().entries().stream()
        .map(CommitTree::entry)
        .sorted(Comparator.comparing(Entry::path))
        .toList();
  }

  private static Entry entry(Listing.Entry listed) {
    Kind kind = kind(listed);
    long size = kind == Kind.FILE ? Math.max(0, listed.size()) : 0;
    return new Entry(listed.path().text(), kind, listed.object(), size);
  }

  private static Kind kind(Listing.Entry listed) {
    if (listed.isLink()) {
      return Kind.LINK;
    }
    if (listed.isSubmodule()) {
      return Kind.SUBMODULE;
    }
    return listed.path().isText() ? Kind.FILE : Kind.UNREADABLE_NAME;
  }

  @Override
  public Optional<byte[]> content(Entry entry, int maxBytes) {
    try {
      Reader open = reader == null ? Reader.of(git) : reader;
      reader = open;
      return open.read(entry.blob(), maxBytes);
    } catch (IOException failure) {
      throw new GitFailure(entry.path() + " can't be read from " + git.gitDir(), failure);
    }
  }

  @Override
  public List<PastCommit> history(int most) {
    return PastCommits.before(git, commit.value(), most);
  }

  @Override
  public Optional<CommitId> head() {
    return Optional.of(commit);
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }

  /** {@code git cat-file --batch}: an id in, a line and the content out. */
  private record Reader(Process process, OutputStream questions, DataInputStream answers) {
    static Reader of(Git git) throws IOException {
      Process process = git.start("cat-file", "--batch");
      Thread.ofVirtual().start(() -> Git.drain(process.getErrorStream()));
      return new Reader(
          process,
          process.getOutputStream(),
          new DataInputStream(new BufferedInputStream(process.getInputStream(), 65_536)));
    }

    Optional<byte[]> read(String blob, int maxBytes) throws IOException {
      questions.write((blob + "\n").getBytes(StandardCharsets.US_ASCII));
      questions.flush();
      String[] head = line().split(" ", 3);
      if (head.length < 3) {
        return Optional.empty();
      }
      long size = Long.parseLong(head[2]);
      byte[] content = new byte[(int) Math.min(size, maxBytes)];
      answers.readFully(content);
      answers.skipNBytes(size - content.length + 1);
      return Optional.of(content);
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = answers.readUnsignedByte(); c != '\n'; c = answers.readUnsignedByte()) {
        line.append((char) c);
      }
      return line.toString();
    }

    void close() {
      Git.end(process);
    }
  }
}
