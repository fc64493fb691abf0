package dev.capstan.cli.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.api.CampaignView;
import dev.capstan.api.CampaignView.TargetView;
import dev.capstan.cli.session.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A campaign over thirty repositories, five of them broken, killed half way with PostgreSQL. */
@Tag("slow")
final class CampaignKillTest {
  private static final int GOOD = 25;
  private static final String CONFIGURATION =
      """
      toolchain:
        measure:
          - run: [sh, test.sh]
            output: stdout.tap
        reports: [/capstan/reports/stdout.tap]
      """;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  private Path repository(String name, boolean tested) throws IOException, InterruptedException {
    Path repository = Files.createDirectories(folder.resolve(name));
    Files.createDirectories(repository.resolve("src"));
    Files.writeString(repository.resolve("src/" + name + ".js"), "export const one = 1;  \n");
    if (tested) {
      Files.writeString(
          repository.resolve("test.sh"), "echo 'ok 1 - there'; echo 'ok 2 - whole'; echo 1..2\n");
      Files.createDirectories(repository.resolve(".capstan"));
      Files.writeString(repository.resolve(".capstan/config.yaml"), CONFIGURATION);
    }
    Shell.begin(repository);
    return repository;
  }

  private Path targets() throws IOException, InterruptedException {
    StringBuilder targets = new StringBuilder("goal: Remove trailing whitespace\ntargets:\n");
    for (int i = 1; i <= GOOD; i++) {
      targets.append("  - ").append(repository("good-" + i, true).getFileName()).append('\n');
      switch (i) {
        case 4 -> targets.append("  - missing\n");
        case 8 -> {
          Files.createDirectories(folder.resolve("no-repository"));
          targets.append("  - no-repository\n");
        }
        case 12 -> {
          Path empty = Files.createDirectories(folder.resolve("empty"));
          Shell.run(empty, "git", "init", "--quiet");
          targets.append("  - empty\n");
        }
        case 16 -> targets.append("  - ").append(repository("untested", false)).append('\n');
        case 20 ->
            targets
                .append("  - {repo: ")
                .append(repository("no-branch", true))
                .append(", base: nowhere}\n");
        default -> {}
      }
    }
    return Files.writeString(folder.resolve("targets.yaml"), targets);
  }

  @Test
  void one_that_is_killed_half_way_goes_on_and_no_target_is_done_twice() throws Exception {
    try (Installation installation = Installation.in(folder)) {
      CapstanProcess first = installation.start(List.of("campaign", "run", targets().toString()));
      boolean half = first.reaches(() -> first.output().split("  completed").length > GOOD / 3);
      assertThat(half).as(first.output()).isTrue();
      installation.processes().postgres().stream()
          .flatMap(found -> ProcessHandle.of(found.pid()).stream())
          .forEach(ProcessHandle::destroyForcibly);
      first.kill();

      CapstanProcess second = installation.start(List.of("campaign", "follow"));
      int exit = second.exit();

      CampaignView campaign =
          Json.MAPPER.readValue(
              installation.output("campaign", "show", "--json"), CampaignView.class);
      System.out.println(
          "FIGURE " + campaign.states() + " after " + second.age().toSeconds() + " s");
      assertThat(campaign.states())
          .as("%s", campaign.targets())
          .isEqualTo(Map.of("completed", GOOD, "refused", 4, "blocked", 1));
      assertThat(exit).as(second.output()).isEqualTo(3);
      assertThat(why(campaign, "missing")).contains("there is no");
      assertThat(why(campaign, "no-repository")).contains("not a git repository");
      assertThat(why(campaign, "empty")).contains("no commit");
      assertThat(why(campaign, "no-branch")).contains("nowhere");
      assertThat(why(campaign, "untested")).isNotBlank();
      assertThat(pullRequests(installation)).hasSize(GOOD).allMatch(name -> name.equals("1.md"));
    }
  }

  private static String why(CampaignView campaign, String name) {
    return campaign.targets().stream()
        .filter(target -> target.source().endsWith('/' + name))
        .map(TargetView::reason)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> pullRequests(Installation installation) throws IOException {
    try (Stream<Path> files = Files.walk(installation.data().resolve("forge"), 2)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".md"))
          .toList();
    }
  }
}
