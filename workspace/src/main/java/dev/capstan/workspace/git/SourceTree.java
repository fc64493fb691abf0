package dev.capstan.workspace.git;

import dev.capstan.core.CommitId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Every file that git counts to a tree, and what is in it. Methods throw {@link GitFailure} when
 * git can't do what is asked. For one thread.
 */
public interface SourceTree extends AutoCloseable {
  /** The files of a commit of the repository that has this git folder. */
  static SourceTree of(Path gitFolder, CommitId commit) {
    Git git = Git.in(gitFolder);
    return new CommitTree(git, commit, () -> Listing.of(git, commit.value()));
  }

  /**
   * The files of a work tree as they lie there: what is tracked, and what is new and not ignored by
   * git's own rules. Its {@code .git} is read, so no attempt may have been able to write it.
   */
  static SourceTree working(Path folder) {
    return WorkingTree.at(folder);
  }

  /** By path. */
  List<Entry> entries();

  /** The first bytes of a plain file; empty if it has gone since it was listed. */
  Optional<byte[]> content(Entry entry, int maxBytes);

  /** The newest commits that led to it, the newest first; none for a work tree without a commit. */
  List<PastCommit> history(int most);

  /** The commit that {@link #history} begins with; empty for a work tree without one. */
  Optional<CommitId> head();

  @Override
  void close();

  /** What an entry is. */
  enum Kind {
    FILE,
    LINK,
    /** Another repository's commit. */
    SUBMODULE,
    /** A file whose name is no UTF-8, so that nobody can ask for it. */
    UNREADABLE_NAME
  }

  /**
   * One entry of the tree.
   *
   * @param path with {@code /}; bytes that are not UTF-8 stand as {@code \377}
   * @param blob the id that git gives the content; "" where it is not known yet
   * @param size in bytes; 0 for what is no plain file
   * @param changed when a plain file of a work tree changed last by the file system's own clock, in
   *     nanoseconds since 1970: with the same size and time its content is the same. 0 where that
   *     is not known, and where it is so short ago that it may change again at the same time
   */
  record Entry(String path, Kind kind, String blob, long size, long changed) {
    public Entry(String path, Kind kind, String blob, long size) {
      this(path, kind, blob, size, 0);
    }
  }
}
