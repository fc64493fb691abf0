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
import org.jspecify.annotations.Nullable;

/** A commit's files, read by one program that answers many questions. */
final class CommitTree implements SourceTree {
  private final Git git;
  private final CommitId commit;
  private @Nullable Reader reader;

  CommitTree(Git git, CommitId commit) {
    this.git = git;
    this.commit = commit;
  }

  @Override
  public List<Entry> entries() {
    String listing =
        git.run("", "ls-tree", "-r", "-l", "-z", "--full-tree", commit.value()).output();
    return TreePath.split(listing).stream()
        .map(CommitTree::entry)
        .sorted(Comparator.comparing(Entry::path))
        .toList();
  }

  /** A line of {@code ls-tree -l}: mode, type, object, size, tab, path. */
  private static Entry entry(String line) {
    int tab = line.indexOf('\t');
    String[] words = line.substring(0, tab).trim().split(" +", 4);
    TreePath path = new TreePath(line.substring(tab + 1));
    Kind kind = kind(words[0], path);
    // Where the content is missing, as in a partial clone, git writes BAD.
    boolean known = kind == Kind.FILE && !words[3].equals("BAD");
    long size = known ? Long.parseLong(words[3]) : 0;
    return new Entry(path.text(), kind, words[2], size);
  }

  private static Kind kind(String mode, TreePath path) {
    return switch (mode) {
      case "120000" -> Kind.LINK;
      case "160000" -> Kind.SUBMODULE;
      default -> path.isText() ? Kind.FILE : Kind.UNREADABLE_NAME;
    };
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
