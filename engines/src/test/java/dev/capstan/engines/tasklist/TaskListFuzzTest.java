package dev.capstan.engines.tasklist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.testkit.Fuzz;
import dev.capstan.engines.tasklist.TaskList.Task;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Whatever stands in a task list, it is read, and ticking its tasks ticks them and no others. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
final class TaskListFuzzTest {
  private static final String LIST =
      """
      # What is left

      - [x] Write the list
      * [ ] Tidy up
          + [ ] Remove unused imports
          + [X] Order the imports,
            in every module
      1. [] Format the code
      2) a remark with [a link](https://example.org) and `code`

      > - [ ] quoted

      ```
      - [ ] not a task
      ```
      [ ]: https://example.org
      """;

  private static final String PLAIN =
      "- one\n- two\n  - three\n\n  more of two\n* four\r\n+ five\n";

  @Test
  void every_task_of_a_list_can_be_ticked_and_stays_what_it_was() {
    Fuzz.run(
        input -> {
          String text = new String(input, StandardCharsets.UTF_8);
          TaskList list = TaskList.read(text);
          Set<String> all = list.tasks().stream().map(Task::text).collect(Collectors.toSet());

          List<Task> ticked = TaskList.read(list.ticked(all)).tasks();

          assertThat(ticked).as(text).allMatch(Task::done);
          assertThat(ticked).as(text).hasSameSizeAs(list.tasks());
        },
        NoEdge.class,
        List.of(LIST, PLAIN));
  }

  @Test
  void a_list_that_is_long_or_deep_takes_no_long_time() {
    for (String text :
        List.of(
            "- [ ] a\n".repeat(50_000),
            "- [ ] a\n  - [ ] b\n".repeat(25_000),
            "- ".repeat(50_000) + "[ ] a",
            ">".repeat(50_000) + "- [ ] a",
            "- [ ] " + "[".repeat(200_000),
            "- [ ] a\n" + "  more of it\n".repeat(50_000))) {
      long began = System.nanoTime();
      TaskList list = TaskList.read(text);
      list.ticked(list.tasks().stream().map(Task::text).collect(Collectors.toSet()));
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as(text.substring(0, 20))
          .isLessThan(Duration.ofSeconds(10));
    }
  }

  /** Nothing may be thrown. */
  private static final class NoEdge extends Exception {
    private static final long serialVersionUID = 1;
  }
}
