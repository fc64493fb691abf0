package dev.capstan.workspace.git;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The port to source code: one bare mirror per project, work folders made from it, and changes
 * taken back into it. Every method throws {@link GitFailure} when git can't do what is asked. Safe
 * for many threads and processes; a work folder belongs to one caller at a time.
 */
public interface GitStore extends AutoCloseable {
  /**
   * Brings the project's mirror up to date with the source, a local path or a URL; makes it if it
   * is not there. Outages are tried again, three times in all.
   */
  void mirror(ProjectId project, String source) throws InterruptedException;

  /** What a branch, tag or commit stands for in the mirror; "" is the source's default branch. */
  Resolved resolve(ProjectId project, String ref);

  /** Makes a clone of its own at the commit; the folder must be absent or empty. */
  void checkOut(ProjectId project, CommitId commit, Path folder);

  /** The mirror's objects, which every clone reads: bind it read-only at the same path. */
  Path objects(ProjectId project);

  /**
   * Commits what differs between the work tree and the parent, and keeps it under a hidden ref.
   * Nothing of the work tree's own {@code .git} is read. A refused path stays as in the parent.
   * Pipes, sockets and devices are removed from the work tree, since opening one could block.
   *
   * @param hiddenRef below {@code refs/capstan/}
   * @throws ChangeTooLarge if the changed files hold more than 50 MB
   */
  Captured capture(
      ProjectId project, Path workTree, CommitId parent, CommitText text, String hiddenRef);

  /** True if the commits that are captured or integrated are signed. */
  boolean signs();

  /** The commits that lead from the base to the tip by first parents, oldest first. */
  List<Logged> log(ProjectId project, CommitId base, CommitId tip);

  /**
   * The commits of a branch by which the change from the base to the tip has come to it: those that
   * lead there themselves, or others that make the same changes, one by one or all in one. Oldest
   * first; empty if the change has not come to it.
   */
  List<CommitId> landed(ProjectId project, CommitId base, CommitId tip, CommitId branch);

  /** The files that differ, by path; a rename is a deletion and an addition. */
  List<FileChange> changes(ProjectId project, CommitId from, CommitId to);

  /** Every path of the commit's tree but those that are not UTF-8, in order, with {@code /}. */
  List<String> paths(ProjectId project, CommitId commit);

  /** The commit's files, to be read one after the other; to be closed. */
  SourceTree sources(ProjectId project, CommitId commit);

  /** What the commit holds beside plain files. */
  Inventory inventory(ProjectId project, CommitId commit);

  /** What one finds who looks at a clone, which is deleted before this returns. */
  <T> T look(ProjectId project, CommitId commit, Function<Path, T> at);

  /**
   * The content of a plain file; empty if the commit has none at that path or it is longer than
   * maxBytes.
   */
  Optional<byte[]> content(ProjectId project, CommitId commit, String path, int maxBytes);

  /**
   * The commit with these paths as another commit has them; a path that the other has not is left
   * out. Where nothing differs it is the commit itself. Nothing points at the new commit, whose
   * parent is the first: it is for looking at, not for building on.
   *
   * @param paths as {@link FileChange} has them
   */
  CommitId overlay(ProjectId project, CommitId commit, CommitId other, Collection<String> paths);

  /**
   * A commit with the tree of another one, kept under a hidden ref; signed as captured ones are.
   */
  CommitId restate(
      ProjectId project, CommitId tree, CommitId parent, CommitText text, String hiddenRef);

  /** A unified diff; where it is longer than maxBytes, its last line says that it was cut. */
  String diff(ProjectId project, CommitId from, CommitId to, long maxBytes);

  /**
   * Puts the change of a commit with one parent on top of the tip. The same arguments give the same
   * commit unless a signature has a time in it. A change that the tip already holds gives the tip.
   */
  Integrated integrate(ProjectId project, CommitId tip, CommitId stepCommit);

  /** The id of the commit's tree. */
  String tree(ProjectId project, CommitId commit);

  /** Points a ref below {@code refs/capstan/} at the commit, so that it is never lost. */
  void keep(ProjectId project, String ref, CommitId commit);

  /**
   * Captures what differs from the parent to the ref, unsigned, as work that is not finished; empty
   * if nothing differs.
   */
  Optional<CommitId> rescue(
      ProjectId project, Path workTree, CommitId parent, String ref, Instant at);

  /** The commit that is kept under a ref below {@code refs/capstan/}. */
  Optional<CommitId> kept(ProjectId project, String ref);

  /** Deletes a work folder; links are removed, never followed. Absent is fine. */
  void discard(Path folder);

  /**
   * Deletes what a crash has left half made or half deleted. Only for the one process that owns the
   * folders, before it begins.
   */
  void clearUnfinished();

  /** Makes the remote's branch the commit, never by force; again is fine. */
  void push(ProjectId project, CommitId commit, String remote, String branch);

  /** Ends what is done in the background; nothing that was asked for is lost. */
  @Override
  void close();

  /**
   * What a name stands for.
   *
   * @param branch "" if the ref is a tag, a commit or a detached HEAD
   */
  record Resolved(CommitId commit, String branch) {}

  record CommitText(String message, Instant at) {}

  sealed interface Captured {
    List<Refused> refused();

    record Changed(CommitId commit, List<Refused> refused) implements Captured {
      public Changed {
        refused = List.copyOf(refused);
      }
    }

    record Unchanged(List<Refused> refused) implements Captured {
      public Unchanged {
        refused = List.copyOf(refused);
      }
    }
  }

  /**
   * A commit of a branch.
   *
   * @param signed it bears a signature, of whomever
   */
  record Logged(CommitId commit, String message, boolean signed) {
    /** The values of a trailer, such as {@code Capstan-Step}, in the last paragraph. */
    public List<String> trailer(String name) {
      String text = message.strip();
      return text.substring(text.lastIndexOf("\n\n") + 1)
          .lines()
          .filter(line -> line.startsWith(name + ": "))
          .map(line -> line.substring(name.length() + 2).strip())
          .toList();
    }
  }

  /** A path that was not captured; bytes of its name that are not UTF-8 stand as {@code \377}. */
  record Refused(String path, String reason) {}

  /**
   * One file that differs.
   *
   * @param path with {@code /}; bytes that are not UTF-8 stand as {@code \377}
   * @param linesAdded 0 for a binary file
   * @param linesDeleted 0 for a binary file
   * @param binary git takes it for binary: it holds a zero byte near its beginning
   * @param escapes true for a link that is absolute, may leave the repository or enters {@code
   *     .git}
   */
  record FileChange(
      String path, Kind kind, int linesAdded, int linesDeleted, boolean binary, boolean escapes) {
    public enum Kind {
      ADDED,
      MODIFIED,
      DELETED,
      /** It now is a symbolic link. */
      LINK,
      /** It now is, or was, another repository's commit. */
      SUBMODULE
    }
  }

  sealed interface Integrated {
    record Onto(CommitId tip) implements Integrated {}

    record Conflict(List<Clash> clashes) implements Integrated {
      public Conflict {
        clashes = List.copyOf(clashes);
      }
    }

    /**
     * A path that both have changed.
     *
     * @param lines what either has where they differ, between marks as git makes them: at most 40
     *     lines, each cut; none where one side has no such file, or it is no text
     */
    record Clash(String path, List<String> lines) {
      public Clash {
        lines = List.copyOf(lines);
      }
    }
  }
}
