package dev.capstan.cli.reliability;

import dev.capstan.core.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Looks at the branches and the pull requests of a project in the local forge. */
record ForgeInspection(Path repository, Path pulls) {
  /**
   * Adds what is wrong to the complaints.
   *
   * @param runs how many runs were delivered there so far
   */
  void of(RunId run, int runs, List<String> complaints) throws IOException, InterruptedException {
    List<String> branches =
        Shell.run(repository, "git", "for-each-ref", "--format=%(refname:short)", "refs/heads")
            .lines()
            .toList();
    List<String> ours = branches.stream().filter(name -> name.contains(run + "-")).toList();
    if (branches.size() != runs * SampleProject.PARTS || ours.size() != SampleProject.PARTS) {
      complaints.add("the branches after " + runs + " runs are " + branches);
      return;
    }
    commits(ours.getLast(), complaints);
    String below =
        Shell.run(repository, "git", "rev-list", "--count", ours.getFirst(), "^" + ours.getLast());
    if (!below.equals("0")) {
      complaints.add(ours.getLast() + " does not lie on top of " + ours.getFirst());
    }
    pullRequests(run, runs, complaints);
  }

  /** One for each step, on top of the one commit of the sample, and nothing else. */
  private void commits(String branch, List<String> complaints)
      throws IOException, InterruptedException {
    List<String> steps =
        Shell.run(
                repository, "git", "log", "--format=%(trailers:key=Capstan-Step,valueonly)", branch)
            .lines()
            .filter(line -> !line.isBlank())
            .sorted()
            .toList();
    String commits = Shell.run(repository, "git", "rev-list", "--count", branch);
    if (!steps.equals(SampleProject.STEPS)
        || !commits.equals(String.valueOf(SampleProject.STEPS.size() + 1))) {
      complaints.add(branch + " has " + commits + " commits, of the steps " + steps);
    }
    String parts = Shell.run(repository, "git", "ls-tree", "--name-only", branch + ":parts");
    if (parts.lines().count() != SampleProject.STEPS.size() + 1) {
      complaints.add(branch + " has the parts " + parts.lines().toList());
    }
  }

  private void pullRequests(RunId run, int runs, List<String> complaints) throws IOException {
    try (Stream<Path> files = Files.list(pulls)) {
      List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
      long records = names.stream().filter(name -> name.startsWith("key-")).count();
      long pages = names.stream().filter(name -> name.endsWith(".md")).count();
      int expected = runs * SampleProject.PARTS;
      if (records != expected || pages != expected) {
        complaints.add("the pull requests after " + runs + " runs are " + names);
      }
      for (int part = 1; part <= SampleProject.PARTS; part++) {
        named(names, run + "/pull-request/" + part + '"', complaints);
      }
    }
  }

  private void named(List<String> names, String key, List<String> complaints) throws IOException {
    long ours = 0;
    for (String name : names) {
      ours += Files.readString(pulls.resolve(name)).contains(key) ? 1 : 0;
    }
    if (ours != 1) {
      complaints.add(ours + " records name " + key);
    }
  }
}
