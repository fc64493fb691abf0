package dev.capstan.cli.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kill test is worth what its inspection sees. */
final class ForgeInspectionTest {
  private static final RunId RUN = new RunId("20260102-030405-abcd");

  @TempDir Path folder;
  private Path repository;
  private Path pulls;

  @BeforeEach
  void deliver() throws Exception {
    repository = SampleProject.in(folder).repository();
    pulls = Files.createDirectories(folder.resolve("pulls"));
    for (int part = 1; part <= SampleProject.PARTS; part++) {
      Files.writeString(pulls.resolve(part + ".md"), "# #" + part);
      Files.writeString(
          pulls.resolve("key-" + part + ".json"), "\"" + RUN + "/pull-request/" + part + '"');
    }
    Shell.run(repository, "git", "branch", "--quiet", "-m", "capstan/goal-" + RUN + "-2");
    for (String step : SampleProject.STEPS) {
      commit(step, step);
    }
    Shell.run(repository, "git", "branch", "capstan/goal-" + RUN + "-1", "HEAD~4");
  }

  @Test
  void what_was_delivered_once_is_in_order() throws Exception {
    assertThat(complaints()).isEmpty();
  }

  @Test
  void a_commit_that_is_there_twice_is_seen() throws Exception {
    commit("a", "again");

    assertThat(complaints()).singleElement().asString().contains("10 commits", "[a, a, b");
  }

  @Test
  void a_second_branch_is_seen() throws Exception {
    Shell.run(repository, "git", "branch", "capstan/goal-2-" + RUN);

    assertThat(complaints()).singleElement().asString().contains("the branches after 1 runs");
  }

  @Test
  void a_part_that_does_not_lie_on_the_one_below_is_seen() throws Exception {
    Shell.run(repository, "git", "checkout", "--quiet", "capstan/goal-" + RUN + "-1");
    commit("h", "stray");

    assertThat(complaints()).singleElement().asString().contains("does not lie on top of");
  }

  @Test
  void a_second_pull_request_is_seen() throws Exception {
    Files.copy(pulls.resolve("key-1.json"), pulls.resolve("key-3.json"));

    assertThat(complaints()).hasSize(2).first().asString().contains("key-3.json");
  }

  @Test
  void a_pull_request_that_is_lost_is_seen() throws Exception {
    Files.delete(pulls.resolve("key-1.json"));

    assertThat(complaints()).hasSize(2).last().asString().startsWith("0 records");
  }

  private List<String> complaints() throws IOException, InterruptedException {
    List<String> complaints = new ArrayList<>();
    new ForgeInspection(repository, pulls).of(RUN, 1, complaints);
    return complaints;
  }

  private void commit(String step, String file) throws IOException, InterruptedException {
    Files.writeString(
        repository.resolve("parts/" + (file.equals("again") ? "a" : file) + ".txt"), file + "\n");
    Shell.run(repository, "git", "add", "--all");
    Shell.run(
        repository,
        "git",
        "-c",
        "user.name=Sample",
        "-c",
        "user.email=sample@localhost",
        "commit",
        "--quiet",
        "--message=Write " + file + "\n\nCapstan-Step: " + step);
  }
}
