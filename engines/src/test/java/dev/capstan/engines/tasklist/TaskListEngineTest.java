package dev.capstan.engines.tasklist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.CommitId;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.plan.Scope;
import dev.capstan.core.plan.Work;
import dev.capstan.engines.Engine;
import dev.capstan.engines.Engine.Job;
import dev.capstan.engines.Engine.Purpose;
import dev.capstan.engines.Engine.Result;
import dev.capstan.engines.Instructions;
import dev.capstan.sandbox.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TaskListEngineTest {
  private static final Engine ENGINE = new TaskListEngine();

  @TempDir private Path tree;
  @TempDir private Path elsewhere;

  private static Work work(String... arguments) {
    return new Work(
        TaskListEngine.NAME, List.of(arguments), Map.of(), List.of(), Work.DEFAULT_TIME_LIMIT);
  }

  private Result tick(Set<String> completed, String... arguments) {
    Set<StepId> steps = Set.copyOf(completed.stream().map(StepId::new).toList());
    return ENGINE.perform(
        new Job(
            "test",
            new Purpose(
                new RunId("run-1"),
                new StepId("tick"),
                "Tidy up",
                "because",
                "tidy up",
                new CommitId("c0ffee".repeat(6) + "0000"),
                Scope.EVERYTHING,
                steps),
            work(arguments),
            tree,
            List.of(),
            Map.of(),
            Map.of(),
            tree,
            tree,
            new Instructions(List.of()),
            Optional.empty(),
            Network.NONE),
        (_, _) -> {});
  }

  @Test
  void a_task_is_ticked_once_all_of_its_steps_are_completed() throws IOException {
    Path list = Files.writeString(tree.resolve("TODO.md"), "- [ ] one\n- [ ] both\n");

    Result result = tick(Set.of("a", "b"), "TODO.md", "a=one", "b=both", "c=both");

    assertThat(result).isEqualTo(new Result.Done());
    assertThat(list).hasContent("- [x] one\n- [ ] both\n");
  }

  @Test
  void a_list_that_is_not_in_the_tree_is_an_error() throws IOException {
    assertThat(tick(Set.of(), "TODO.md").toString()).contains("there is no file TODO.md");

    Path outside = elsewhere.resolve("outside.md");
    Files.writeString(outside, "- [ ] one\n");
    Files.createSymbolicLink(tree.resolve("link.md"), outside);
    Files.createSymbolicLink(tree.resolve("folder"), outside.getParent());

    assertThat(tick(Set.of("a"), "link.md", "a=one").toString()).contains("there is no file");
    assertThat(tick(Set.of("a"), "folder/" + outside.getFileName(), "a=one").toString())
        .contains("there is no file");
    assertThat(outside).hasContent("- [ ] one\n");
  }

  @Test
  void work_that_makes_no_sense_is_refused_before_it_begins() {
    assertThat(ENGINE.refuses(work("../TODO.md"))).isPresent();
    assertThat(ENGINE.refuses(work("/etc/passwd"))).isPresent();
    assertThat(ENGINE.refuses(work("TODO.md", "nonsense")).orElseThrow()).contains("nonsense");
    assertThat(ENGINE.refuses(work("docs/TODO.md", "a=b c = d"))).isEmpty();
  }
}
