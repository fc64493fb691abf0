package dev.capstan.workspace.git;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.workspace.git.GitStore.CommitText;
import dev.capstan.workspace.git.GitStore.Resolved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads and writes commits and refs of a mirror. */
final class Commits {
  private static final String HEADS = "refs/heads/";
  private static final String OURS = "refs/capstan/";

  private final Layout layout;
  private final CommitSigner signer;
  private final CommitFacts facts;

  Commits(Layout layout, CommitSigner signer, CommitFacts facts) {
    this.layout = layout;
    this.signer = signer;
    this.facts = facts;
  }

  /** One of the two ways to make a commit by Capstan. */
  interface Writing {
    CommitId write(Git git, String tree, List<CommitId> parents, CommitText text);
  }

  Resolved resolve(ProjectId project, String ref) {
    Git git = layout.git(project);
    if (ref.isEmpty()) {
      String head = git.line("symbolic-ref", "HEAD");
      String branch = head.startsWith(HEADS) ? head.substring(HEADS.length()) : "";
      return new Resolved(commit(git, head, "the default branch of " + project), branch);
    }
    if (ref.startsWith("-") || ref.indexOf('\0') >= 0) {
      throw GitFailure.lasting("not a branch, tag or commit: \"" + ref + '"');
    }
    String branch = ref.startsWith(HEADS) ? ref.substring(HEADS.length()) : ref;
    String what = "\"" + ref + "\" in " + project;
    if (has(git, HEADS + branch)) {
      return new Resolved(commit(git, HEADS + branch, what), branch);
    }
    String tag = "refs/tags/" + ref;
    return new Resolved(commit(git, has(git, tag) ? tag : ref, what), "");
  }

  /** What a hidden ref points at; empty if there is no such ref. */
  Optional<CommitId> kept(ProjectId project, String ref) {
    Git git = layout.git(project);
    check(git, ref);
    return has(git, ref) ? Optional.of(commit(git, ref, ref)) : Optional.empty();
  }

  private static boolean has(Git git, String ref) {
    return git.ask("show-ref", "--verify", "--quiet", "--", ref).exit() == 0;
  }

  private static CommitId commit(Git git, String name, String what) {
    Git.Outcome outcome =
        git.ask("rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}");
    if (outcome.exit() != 0) {
      throw GitFailure.lasting(
          "there is no commit for "
              + what
              + "; check the branch, tag or commit id, or fetch again");
    }
    return new CommitId(outcome.text().strip());
  }

  /** The mirror's git, if it holds all the commits. */
  Git holding(ProjectId project, CommitId... commits) {
    Git git = layout.git(project);
    for (CommitId commit : commits) {
      if (!facts.holds(git, commit)) {
        commit(git, commit.value(), commit + " in " + project);
        facts.seen(git, commit);
      }
    }
    return git;
  }

  /** A commit by Capstan that never ends on a branch of anybody's: it is not signed. */
  CommitId write(Git git, String tree, List<CommitId> parents, CommitText text) {
    return CommitSigner.unsigned(
        byCapstan(git, date(text.at())), tree, parents, bytes(text.message()));
  }

  /** A commit by Capstan that may end on a run's branch: signed where that is asked for. */
  CommitId writeSigned(Git git, String tree, List<CommitId> parents, CommitText text) {
    return signer.commit(byCapstan(git, date(text.at())), tree, parents, bytes(text.message()));
  }

  private static Git byCapstan(Git git, String date) {
    Git author =
        git.with("GIT_AUTHOR_NAME", "Capstan")
            .with("GIT_AUTHOR_EMAIL", "capstan@localhost")
            .with("GIT_AUTHOR_DATE", date);
    return committedByCapstan(author, date);
  }

  private static Git committedByCapstan(Git author, String date) {
    return author
        .with("GIT_COMMITTER_NAME", "Capstan")
        .with("GIT_COMMITTER_EMAIL", "capstan@localhost")
        .with("GIT_COMMITTER_DATE", date);
  }

  /** The same change on another parent, by its author; signed where that is asked for. */
  CommitId rewrite(Git git, RawCommit commit, String tree, CommitId parent) {
    Git author =
        git.with("GIT_AUTHOR_NAME", commit.authorName())
            .with("GIT_AUTHOR_EMAIL", commit.authorEmail())
            .with("GIT_AUTHOR_DATE", commit.authorDate());
    return signer.commit(
        committedByCapstan(author, commit.committerDate()),
        tree,
        List.of(parent),
        bytes(commit.message()));
  }

  private static String bytes(String message) {
    return Git.bytes(message.replace("\0", ""));
  }

  /** Makes a signed commit that is thrown away; throws {@link GitFailure} if that cannot be. */
  void trySigning() {
    if (!signer.signs()) {
      return;
    }
    Path draft = layout.scratch();
    try {
      Git git = Git.in(draft);
      git.line("init", "--quiet", "--bare", "--template=");
      writeSigned(git, git.line("mktree"), List.of(), new CommitText("Try", Instant.EPOCH));
    } finally {
      FolderRemoval.remove(draft, layout);
    }
  }

  private static String date(Instant at) {
    return "@" + at.getEpochSecond() + " +0000";
  }

  void keep(ProjectId project, String ref, CommitId commit) {
    Git git = holding(project, commit);
    check(git, ref);
    point(project, git, ref, commit);
  }

  /** The same for a ref that was checked and a commit that is there. */
  void point(ProjectId project, Git git, String ref, CommitId commit) {
    try (ProjectLock _ = ProjectLock.take(layout.refLock(project))) {
      Path stale = git.gitDir().resolve(ref + ".lock");
      Files.deleteIfExists(stale);
      git.line("update-ref", ref, commit.value());
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new GitFailure("interrupted while keeping " + ref, interruption);
    } catch (IOException failure) {
      throw new GitFailure("the stale lock of " + ref + " can't be removed", failure);
    }
  }

  /** Refs elsewhere belong to the source, and the next fetch would prune them. */
  static void check(Git git, String ref) {
    boolean sound =
        ref.startsWith(OURS)
            && !ref.startsWith(OURS + "source/")
            && git.ask("check-ref-format", ref).exit() == 0;
    if (!sound) {
      throw GitFailure.lasting("not a ref below " + OURS + ": \"" + ref + '"');
    }
  }
}
