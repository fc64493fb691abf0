package dev.capstan.cli.command;

import dev.capstan.verification.attestation.Statement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The commit of a statement in somebody's clone. Only objects are read: no hook, no filter. */
final class ClonedCommit {
  private ClonedCommit() {}

  static void check(Path repository, Statement statement, List<String> holds, List<String> wrong)
      throws IOException {
    String commit = statement.commit().value();
    String tree = tree(repository, commit);
    if (tree.isEmpty()) {
      wrong.add(repository + " does not hold the commit " + commit + "; fetch its branch first");
    } else if (!tree.equals(statement.tree())) {
      wrong.add("the commit's tree is " + tree + ", not " + statement.tree());
    } else {
      holds.add(repository + " holds the commit, with the tree " + tree);
    }
  }

  private static String tree(Path repository, String commit) throws IOException {
    ProcessBuilder git =
        new ProcessBuilder(
            "git",
            "--no-replace-objects",
            "-C",
            repository.toString(),
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            commit + "^{tree}");
    git.environment().put("GIT_NO_LAZY_FETCH", "1");
    Process process = git.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    try {
      return process.waitFor() == 0 ? output.strip() : "";
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted");
    }
  }
}
