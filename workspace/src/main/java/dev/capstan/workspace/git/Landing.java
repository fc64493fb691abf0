package dev.capstan.workspace.git;

import dev.capstan.core.CommitId;
import dev.capstan.workspace.git.GitStore.CommitText;
import java.time.Instant;
import java.util.List;

/**
 * Finds by which commits a change has come to a branch: merged as it is, rebased, or squashed into
 * one. Git itself says which commits make the same change.
 */
final class Landing {
  private static final String SAME = "=";

  private final Git git;
  private final CommitId branch;

  private Landing(Git git, CommitId branch) {
    this.git = git;
    this.branch = branch;
  }

  static List<CommitId> of(Git git, Commits commits, CommitId base, CommitId tip, CommitId branch) {
    List<CommitId> own =
        History.between(git, base, tip).stream().map(GitStore.Logged::commit).toList();
    if (git.ask("merge-base", "--is-ancestor", tip.value(), branch.value()).exit() == 0) {
      return own;
    }
    Landing landing = new Landing(git, branch);
    List<CommitId> rebased = landing.same(tip, own);
    if (rebased.size() == own.size()) {
      return rebased;
    }
    String tree = git.line("rev-parse", tip + "^{tree}");
    CommitText text = new CommitText("A stand-in for what was squashed", Instant.EPOCH);
    CommitId squashed = commits.write(git, tree, List.of(base), text);
    return landing.same(squashed, List.of(squashed));
  }

  /** Commits of the branch that do what commits before the tip do, oldest first. */
  private List<CommitId> same(CommitId tip, List<CommitId> own) {
    return git.line("rev-list", "--cherry-mark", "--no-merges", "--reverse", tip + "..." + branch)
        .lines()
        .filter(line -> line.startsWith(SAME))
        .map(line -> new CommitId(line.substring(1)))
        .filter(commit -> !own.contains(commit))
        .toList();
  }
}
