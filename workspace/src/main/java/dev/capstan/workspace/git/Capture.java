package dev.capstan.workspace.git;

import dev.capstan.core.CommitId;
import dev.capstan.workspace.git.Git.Outcome;
import dev.capstan.workspace.git.GitStore.Captured;
import dev.capstan.workspace.git.GitStore.CommitText;
import dev.capstan.workspace.git.GitStore.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Commits a work tree with the mirror's git and an index of its own. {@code git add} is not used:
 * for another repository in the tree it starts a {@code git status} there, under that repository's
 * configuration. What differs is listed, judged, and handed over name by name.
 */
final class Capture {
  static final long LIMIT = 50_000_000;
  private static final String IGNORING = "Ignoring path ";
  private static final String GITLINK = "160000";

  private final Path workTree;
  private final Git git;
  private final Map<TreePath, Refused> refused;
  private final List<TreePath> accepted = new ArrayList<>();
  private final List<TreePath> removed = new ArrayList<>();
  private long bytes;

  private Capture(Path workTree, Git git, Map<TreePath, Refused> refused) {
    this.workTree = workTree;
    this.git = git;
    this.refused = refused;
  }

  static Captured take(
      Git mirror,
      CommitFacts facts,
      Path index,
      Path workTree,
      CommitId parent,
      CommitText text,
      Commits.Writing writing) {
    if (!Files.isDirectory(workTree, LinkOption.NOFOLLOW_LINKS)) {
      throw GitFailure.lasting("the work folder " + workTree + " is not there");
    }
    Git git =
        mirror.with("GIT_WORK_TREE", workTree.toString()).with("GIT_INDEX_FILE", index.toString());
    Capture capture = new Capture(workTree, git, WorkTreeScan.of(workTree));
    try {
      return capture.commit(facts, parent, text, writing);
    } finally {
      delete(index);
    }
  }

  private static void delete(Path index) {
    try {
      Files.deleteIfExists(index);
      Files.deleteIfExists(index.resolveSibling(index.getFileName() + ".lock"));
    } catch (IOException failure) {
      throw new GitFailure("the index " + index + " can't be deleted: " + failure, failure);
    }
  }

  private Captured commit(
      CommitFacts facts, CommitId parent, CommitText text, Commits.Writing writing) {
    git.line("read-tree", parent.value());
    judgeSubmodules(facts.listing(git, parent));
    judgeTracked();
    judgeNew();
    requireModestSize();
    stage();
    String tree = git.line("write-tree");
    List<Refused> told = told();
    if (tree.equals(facts.tree(git, parent))) {
      return new Captured.Unchanged(told);
    }
    return new Captured.Changed(writing.write(git, tree, List.of(parent), text), told);
  }

  /** Refreshing compares by content; files that differ make its exit 1. */
  private void judgeTracked() {
    Outcome refresh = git.ask("update-index", "-q", "--really-refresh", "--ignore-submodules");
    if (refresh.exit() > 1) {
      throw git.failure(refresh, "update-index");
    }
    List<String> fields =
        TreePath.split(
            git.run("", "diff-files", "-z", "--raw", "--no-renames", "--ignore-submodules=all")
                .output());
    for (int i = 0; i + 1 < fields.size(); i += 2) {
      TreePath path = new TreePath(fields.get(i + 1));
      if (fields.get(i).endsWith(" D") && !refused.containsKey(path)) {
        removed.add(path);
      } else if (!fields.get(i).startsWith(":" + GITLINK)) {
        judge(path);
      }
    }
  }

  /** A submodule stays as in the parent; whoever worked in it is told. */
  private void judgeSubmodules(Listing parent) {
    for (Listing.Entry entry : parent.entries()) {
      if (entry.isSubmodule() && !isEmptyFolder(entry.path().in(workTree))) {
        refuse(entry.path(), "another repository's commit; it stays as it was");
      }
    }
  }

  private static boolean isEmptyFolder(Path folder) {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    } catch (IOException _) {
      return false;
    }
  }

  /** Another repository is listed as one name with a final slash. */
  private void judgeNew() {
    String listed = git.run("", "ls-files", "-z", "-o", "--exclude-standard").output();
    for (String name : TreePath.split(listed)) {
      if (name.endsWith("/")) {
        TreePath folder = new TreePath(name.substring(0, name.length() - 1));
        refuse(folder, "a repository of its own; its files are not captured");
      } else {
        judge(new TreePath(name));
      }
    }
  }

  private void judge(TreePath path) {
    Path file = path.in(workTree);
    boolean plain = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    if (refused.containsKey(path)) {
      return;
    }
    if (plain && !Files.isReadable(file)) {
      refuse(path, "can't be read: permission denied");
      return;
    }
    accepted.add(path);
    bytes += plain ? size(file) : 0;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException failure) {
      throw new GitFailure("the file " + file + " can't be read: " + failure, failure);
    }
  }

  private void requireModestSize() {
    if (bytes > LIMIT) {
      throw new ChangeTooLarge(
          "the change holds "
              + bytes / 1_000_000
              + " MB in "
              + (accepted.size() + removed.size())
              + " files, more than "
              + LIMIT / 1_000_000
              + " MB; add what is generated or downloaded to .gitignore");
    }
  }

  /** Removals first, and without a look at the disk: a folder of theirs may be a link now. */
  private void stage() {
    if (!removed.isEmpty()) {
      git.run(TreePath.join(removed), "update-index", "-z", "--force-remove", "--stdin");
    }
    if (accepted.isEmpty()) {
      return;
    }
    Outcome outcome =
        git.run(TreePath.join(accepted), "update-index", "-z", "--add", "--replace", "--stdin");
    outcome
        .errors()
        .lines()
        .filter(line -> line.startsWith(IGNORING))
        .forEach(line ->
            refuse(new TreePath(line.substring(IGNORING.length())), "a name git does not allow"));
  }

  private void refuse(TreePath path, String reason) {
    refused.putIfAbsent(path, new Refused(path.text(), reason));
  }

  /** Without those in ignored places, which nobody expects to be captured. */
  private List<Refused> told() {
    if (refused.isEmpty()) {
      return List.of();
    }
    Outcome ignored =
        git.attempt(
            TreePath.join(List.copyOf(refused.keySet())),
            Git.UNLIMITED,
            "check-ignore",
            "-z",
            "--stdin",
            "--no-index");
    Map<TreePath, Refused> left = new TreeMap<>(refused);
    TreePath.split(ignored.output()).forEach(name -> left.remove(new TreePath(name)));
    return List.copyOf(left.values());
  }
}
