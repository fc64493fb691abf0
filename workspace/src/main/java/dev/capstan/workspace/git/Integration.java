package dev.capstan.workspace.git;

import dev.capstan.core.CommitId;
import dev.capstan.workspace.git.Git.Outcome;
import dev.capstan.workspace.git.GitStore.CommitText;
import dev.capstan.workspace.git.GitStore.Integrated;
import dev.capstan.workspace.git.GitStore.Integrated.Clash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Cherry-picks without a work tree. Git merges two commits from the base that history gives; so the
 * three trees are put into commits of their own, whose history has just the base wanted.
 */
final class Integration {
  private static final CommitText STAND_IN =
      new CommitText("A stand-in for merging", Instant.EPOCH);

  private static final int LARGEST = 1 << 20;

  private final Git git;
  private final Commits commits;

  private Integration(Git git, Commits commits) {
    this.git = git;
    this.commits = commits;
  }

  static Integrated of(Git git, Commits commits, CommitId tip, CommitId step) {
    return new Integration(git, commits).pick(tip, step);
  }

  private Integrated pick(CommitId tip, CommitId step) {
    RawCommit raw = RawCommit.parse(git.run("", "cat-file", "commit", step.value()).text());
    if (raw.parents().size() != 1) {
      throw GitFailure.lasting(
          step + " has " + raw.parents().size() + " parents; only a commit with one is integrated");
    }
    if (raw.parents().getFirst().equals(tip)) {
      return new Integrated.Onto(step);
    }
    CommitId base = standIn(raw.parents().getFirst(), List.of());
    CommitId ours = standIn(tip, List.of(base));
    CommitId theirs = standIn(step, List.of(base));
    return merge(ours, theirs, tip, raw);
  }

  private CommitId standIn(CommitId commit, List<CommitId> parents) {
    return commits.write(git, tree(commit), parents, STAND_IN);
  }

  private String tree(CommitId commit) {
    return git.line("rev-parse", commit + "^{tree}");
  }

  /** Exit 1 says that there are conflicts. */
  private Integrated merge(CommitId ours, CommitId theirs, CommitId tip, RawCommit raw) {
    Outcome outcome =
        git.ask(
            "merge-tree",
            "--write-tree",
            "-z",
            "--name-only",
            "--no-messages",
            ours.value(),
            theirs.value());
    if (outcome.exit() > 1 || outcome.output().isEmpty()) {
      throw git.failure(outcome, "merge-tree");
    }
    List<String> fields = TreePath.split(outcome.output());
    if (outcome.exit() == 1) {
      ConflictLines lines = new ConflictLines(ours, theirs);
      Listing merged = Listing.of(git, fields.getFirst());
      return new Integrated.Conflict(
          fields.subList(1, fields.size()).stream()
              .map(path -> new TreePath(path).text())
              .distinct()
              .map(path -> new Clash(path, text(merged, path).map(lines::in).orElse(List.of())))
              .toList());
    }
    String tree = fields.getFirst();
    return new Integrated.Onto(tree.equals(tree(tip)) ? tip : commits.rewrite(git, raw, tree, tip));
  }

  /** What git has made of a path in spite of the conflict. */
  private Optional<String> text(Listing merged, String path) {
    return merged
        .at(path)
        .filter(Listing.Entry::isFile)
        .filter(entry -> entry.size() <= LARGEST)
        .map(entry -> new String(Contents.blob(git, entry.object()), StandardCharsets.UTF_8));
  }
}
