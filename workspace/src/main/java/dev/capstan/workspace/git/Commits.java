package dev.capstan.workspace.git;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.workspace.git.GitStore.CommitText;
import dev.capstan.workspace.git.GitStore.Resolved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes commits and refs of a mirror. */
final class Commits {
  private static final String HEADS = "refs/heads/";
  private static final String OURS = "refs/capstan/";

  private final Layout layout;

  Commits(Layout layout) {
    this.layout = layout;
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
      commit(git, commit.value(), commit + " in " + project);
    }
    return git;
  }

  /** A commit by Capstan. */
  CommitId write(Git git, String tree, List<CommitId> parents, CommitText text) {
    String date = date(text.at());
    Git author =
        git.with("GIT_AUTHOR_NAME", "Capstan")
            .with("GIT_AUTHOR_EMAIL", "capstan@localhost")
            .with("GIT_AUTHOR_DATE", date);
    return commitTree(author, tree, parents, date, text.message());
  }

  /** A commit whose author is set in git's environment. */
  static CommitId commitTree(
      Git author, String tree, List<CommitId> parents, String date, String message) {
    List<String> arguments = new ArrayList<>(List.of("commit-tree", tree, "-F", "-"));
    parents.forEach(parent -> arguments.addAll(List.of("-p", parent.value())));
    Git git =
        author
            .with("GIT_COMMITTER_NAME", "Capstan")
            .with("GIT_COMMITTER_EMAIL", "capstan@localhost")
            .with("GIT_COMMITTER_DATE", date);
    String text = Git.bytes(message.replace("\0", ""));
    return new CommitId(git.run(text, arguments.toArray(String[]::new)).text().strip());
  }

  private static String date(Instant at) {
    return "@" + at.getEpochSecond() + " +0000";
  }

  void keep(ProjectId project, String ref, CommitId commit) {
    Git git = holding(project, commit);
    check(git, ref);
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
