package dev.capstan.engines.tasklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TaskCommandTest {
  @Test
  void a_command_stands_as_code_behind_the_words() {
    assertThat(TaskCommand.of("Sort the words: `sort -o words.txt words.txt`"))
        .contains(
            new TaskCommand("Sort the words", List.of("sort", "-o", "words.txt", "words.txt")));
    assertThat(TaskCommand.of("`./tidy.sh`."))
        .contains(new TaskCommand("./tidy.sh", List.of("./tidy.sh")));
  }

  @Test
  void quotes_keep_words_together_and_nothing_else_is_special() {
    assertThat(TaskCommand.of("x: `sed -i \"s/a b/c/\" '$HOME' a;b`"))
        .contains(new TaskCommand("x", List.of("sed", "-i", "s/a b/c/", "$HOME", "a;b")));
    assertThat(TaskCommand.of("x: `echo \"\"`"))
        .contains(new TaskCommand("x", List.of("echo", "")));
  }

  @Test
  void what_is_no_single_command_is_none() {
    assertThat(TaskCommand.of("Rename `a` to `b`")).isEmpty();
    assertThat(TaskCommand.of("Use `var` for locals")).isEmpty();
    assertThat(TaskCommand.of("x: `echo \"open`")).isEmpty();
    assertThat(TaskCommand.of("plain words")).isEmpty();
  }
}
