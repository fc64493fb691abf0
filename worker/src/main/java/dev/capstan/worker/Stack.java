package dev.capstan.worker;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.workspace.git.GitStore;
import dev.capstan.workspace.git.GitStore.Logged;
import java.util.ArrayList;
import java.util.List;

/**
 * A run's branch, cut between its commits so that each part has at most so many changed lines. A
 * single commit with more is a part of its own. The same branch is always cut alike.
 */
final class Stack {
  private final GitStore git;
  private final ProjectId project;
  private final int limit;
  private final List<Part> parts = new ArrayList<>();

  /**
   * A part.
   *
   * @param from what it is compared with: the tip of the part below, or the base
   * @param lines added and deleted from there to its tip
   */
  record Part(CommitId from, CommitId to, List<Logged> commits, int lines) {
    Part {
      commits = List.copyOf(commits);
    }

    boolean isSigned() {
      return commits.stream().allMatch(Logged::signed);
    }

    /** The steps whose commits it holds. */
    List<String> steps() {
      return commits.stream()
          .flatMap(commit -> commit.trailer(CommitMessages.STEP).stream())
          .toList();
    }
  }

  private Stack(GitStore git, ProjectId project, int limit) {
    this.git = git;
    this.project = project;
    this.limit = limit;
  }

  /**
   * Cuts it; gives at least one part, the lowest first.
   *
   * @param limit in changed lines; 0 for no limit
   */
  static List<Part> cut(GitStore git, ProjectId project, CommitId base, CommitId tip, int limit) {
    Stack stack = new Stack(git, project, limit);
    List<Logged> commits = git.log(project, base, tip);
    int lines = stack.lines(base, tip);
    if (limit == 0 || lines <= limit) {
      return List.of(new Part(base, tip, commits, lines));
    }
    stack.cut(base, commits);
    return List.copyOf(stack.parts);
  }

  private void cut(CommitId base, List<Logged> commits) {
    CommitId from = base;
    List<Logged> taken = new ArrayList<>();
    int lines = 0;
    for (Logged commit : commits) {
      int with = lines(from, commit.commit());
      if (with > limit && !taken.isEmpty()) {
        parts.add(new Part(from, taken.getLast().commit(), taken, lines));
        from = taken.getLast().commit();
        taken = new ArrayList<>();
        with = lines(from, commit.commit());
      }
      taken.add(commit);
      lines = with;
    }
    CommitId to = taken.isEmpty() ? from : taken.getLast().commit();
    parts.add(new Part(from, to, taken, lines));
  }

  private int lines(CommitId from, CommitId to) {
    return git.changes(project, from, to).stream()
        .mapToInt(change -> change.linesAdded() + change.linesDeleted())
        .sum();
  }
}
