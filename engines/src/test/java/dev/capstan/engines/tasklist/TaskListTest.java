package dev.capstan.engines.tasklist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.engines.tasklist.TaskList.Task;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class TaskListTest {
  private static final String LIST =
      """
      # What is left

      Some words, and a list that is none of our business:

      - [x] Write the list
      - [ ] Migrate to JUnit 5
      * [ ] Tidy up
          + [ ] Remove unused imports
          + [X] Order the imports,
            in every module
      1. [] Format the code
      2) a remark

      ```
      - [ ] not a task
      ```
      """;

  @Test
  void tasks_are_found_whatever_marks_them() {
    assertThat(TaskList.read(LIST).tasks())
        .containsExactly(
            new Task("Write the list", true),
            new Task("Migrate to JUnit 5", false),
            new Task("Remove unused imports", false),
            new Task("Order the imports, in every module", true),
            new Task("Format the code", false));
  }

  @Test
  void a_list_without_boxes_is_a_list_of_tasks() {
    assertThat(TaskList.read("- one\n- two\n  - three\n").tasks())
        .containsExactly(new Task("one", false), new Task("three", false));
    assertThat(TaskList.read("Nothing to do.\n").tasks()).isEmpty();
  }

  @Test
  void what_is_done_is_ticked_and_nothing_else_is_touched() {
    String ticked = TaskList.read(LIST).ticked(Set.of("Remove unused imports", "Format the code"));

    assertThat(ticked)
        .isEqualTo(
            LIST.replace("[ ] Remove", "[x] Remove")
                .replace("[ ] Tidy", "[x] Tidy")
                .replace("[] Format", "[x] Format"));
  }

  @Test
  void a_heading_waits_for_all_of_its_tasks() {
    String list = "- [ ] all\n  - [ ] one\n  - [ ] two\n";

    assertThat(TaskList.read(list).ticked(Set.of("one")))
        .isEqualTo("- [ ] all\n  - [x] one\n  - [ ] two\n");
    assertThat(TaskList.read(list).ticked(Set.of("one", "two")))
        .isEqualTo("- [x] all\n  - [x] one\n  - [x] two\n");
  }

  @Test
  void an_item_without_a_box_gets_one() {
    assertThat(TaskList.read("1. one\n2. two\r\n").ticked(Set.of("two")))
        .isEqualTo("1. one\n2. [x] two\r\n");
  }

  @Test
  void an_absurd_list_is_read_in_time() {
    String deep = "- [ ] a\n".repeat(2) + "> - ".repeat(20_000) + "x\n" + "[".repeat(50_000);
    assertThat(TaskList.read(deep).tasks()).contains(new Task("a", false));
  }

  @Property(tries = 500)
  void ticking_changes_boxes_and_no_task(@ForAll String noise) {
    String list = noise.replace("\0", "") + "\n\n- [ ] real\n";
    TaskList read = TaskList.read(list);
    Set<String> all = read.tasks().stream().map(Task::text).collect(Collectors.toSet());

    TaskList again = TaskList.read(read.ticked(all));

    assertThat(again.tasks().stream().map(Task::text))
        .containsExactlyElementsOf(read.tasks().stream().map(Task::text).toList());
    assertThat(again.tasks()).allMatch(Task::done);
  }
}
