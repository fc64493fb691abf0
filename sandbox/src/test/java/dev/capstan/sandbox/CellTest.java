package dev.capstan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CellTest {
  @Test
  void what_was_printed_can_be_read_after_the_end() throws Exception {
    Cell cell = Cell.start(List.of("/usr/bin/seq", "1", "3"), Map.of(), false);
    assertThat(cell.outer().waitFor(10, TimeUnit.SECONDS)).isTrue();

    cell.end();

    try (BufferedReader out = cell.outer().inputReader()) {
      assertThat(out.lines()).containsExactly("1", "2", "3");
    }
  }

  @Test
  void a_process_without_a_child_is_killed_itself() throws Exception {
    Process bare = Spawner.start(new ProcessBuilder("/bin/sleep", "1000"));
    ProcessHandle handle = bare.toHandle();
    try {
      assertThat(ProcessFiles.child(handle.pid())).isEmpty();
      assertThat(ProcessFiles.isActing(ProcessFiles.process(handle.pid()))).isTrue();
    } finally {
      handle.destroyForcibly();
    }
    assertThat(bare.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(ProcessFiles.isActing(ProcessFiles.process(handle.pid()))).isFalse();
  }
}
