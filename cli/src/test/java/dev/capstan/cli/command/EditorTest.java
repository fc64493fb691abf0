package dev.capstan.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.cli.session.ApiFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditorTest {
  @TempDir Path folder;

  @Test
  void the_editor_gets_the_file_behind_its_own_arguments() throws IOException {
    Path file = Files.writeString(folder.resolve("plan.yaml"), "goal: tidy up\n");

    new Editor(Map.of("VISUAL", " ", "EDITOR", "sed -i s/tidy/clean/")).edit(file);

    assertThat(file).hasContent("goal: clean up");
  }

  @Test
  void an_editor_that_fails_or_is_not_chosen_is_said() {
    assertThatThrownBy(() -> new Editor(Map.of("EDITOR", "false")).edit(folder.resolve("x")))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("false ended with exit code 1");
    assertThatThrownBy(() -> new Editor(Map.of()))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("Set EDITOR");
  }
}
