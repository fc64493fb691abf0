package dev.capstan.bench;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.workspace.git.GitFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How long a work folder takes, made afresh and taken from the one that is kept ready.
 *
 * <p>Arguments: a repository, rounds, a folder for what is made. Nothing is deleted between rounds:
 * ext4 is slow to make files just after many were deleted, which is not what is measured.
 */
final class WorkspaceBenchmark {
  private static final int LONGEST_WAIT_MILLIS = 600_000;

  private final GitFolders git;
  private final String source;
  private final Path root;

  private WorkspaceBenchmark(GitFolders git, String source, Path root) {
    this.git = git;
    this.source = source;
    this.root = root;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = Integer.parseInt(arguments[1]);
    Path root = Path.of(arguments[2]).toAbsolutePath();
    List<Double> cold = new ArrayList<>();
    List<Double> warm = new ArrayList<>();
    List<Double> moved = new ArrayList<>();
    try (GitFolders git = new GitFolders(root)) {
      WorkspaceBenchmark benchmark = new WorkspaceBenchmark(git, arguments[0], root);
      for (int round = 1; round <= rounds; round++) {
        List<Double> seconds = benchmark.round(new ProjectId("round-" + round));
        cold.add(seconds.get(0));
        warm.add(seconds.get(1));
        moved.add(seconds.get(2));
      }
    }
    System.out.println("| work folder | median s | worst s | of making it afresh |");
    System.out.println("| --- | --- | --- | --- |");
    print("made afresh", cold, cold);
    print("ready, same commit", warm, cold);
    print("ready, 5 commits on (1,000 files differ)", moved, cold);
  }

  private List<Double> round(ProjectId project) throws IOException, InterruptedException {
    git.mirror(project, source);
    CommitId old = git.resolve(project, "main~5").commit();
    CommitId head = git.resolve(project, "main").commit();
    double cold = seconds(project, old, "cold");
    awaitReady(project);
    double warm = seconds(project, old, "warm");
    awaitReady(project);
    return List.of(cold, warm, seconds(project, head, "moved"));
  }

  private double seconds(ProjectId project, CommitId commit, String name) {
    Path folder = root.resolve("work").resolve(project + "-" + name);
    long started = System.nanoTime();
    git.checkOut(project, commit, folder);
    double seconds = (System.nanoTime() - started) / 1e9;
    System.err.printf(Locale.ROOT, "%s %s %.2f s%n", project, name, seconds);
    return seconds;
  }

  private void awaitReady(ProjectId project) throws IOException, InterruptedException {
    Path home = root.resolve("warm").resolve(project.value());
    for (int waited = 0; waited < LONGEST_WAIT_MILLIS; waited += 100) {
      if (Files.isDirectory(home) && hasMarker(home)) {
        return;
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("no clone was made ready in " + home);
  }

  private static boolean hasMarker(Path home) throws IOException {
    try (Stream<Path> entries = Files.list(home)) {
      return entries.anyMatch(entry -> entry.toString().endsWith(".ready"));
    }
  }

  private static void print(String what, List<Double> seconds, List<Double> of) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f | %.2f | %.3f |%n",
        what,
        median(seconds),
        Collections.max(seconds),
        median(seconds) / median(of));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
