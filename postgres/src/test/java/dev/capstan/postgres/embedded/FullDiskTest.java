package dev.capstan.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Data folders on a very small disk: a tmpfs that only the child process sees, in a mount namespace
 * of its own. Where those are forbidden these tests fail, since nothing else shows it.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "mounts a tmpfs in a namespace")
final class FullDiskTest {
  @TempDir Path disk;

  @Test
  void a_disk_with_no_room_for_the_mark_is_reported() throws Exception {
    try (Child child = Child.start(onDiskOf("4k"), disk.resolve("data"))) {
      assertThat(child.says())
          .startsWith("failed The data folder " + disk.resolve("data"))
          .contains("its disk is full")
          .contains("Free some space");
    }
  }

  @Test
  void a_disk_with_no_room_for_a_database_is_reported_before_anything_is_set_up() throws Exception {
    try (Child child = Child.start(onDiskOf("50m"), disk.resolve("data"))) {
      assertThat(child.says())
          .startsWith("failed The disk of " + disk.resolve("data"))
          .contains("too full for a new database")
          .contains("120 MB are needed");
    }
  }

  @Test
  void a_disk_that_fills_up_while_writing_is_reported_and_what_was_committed_stays()
      throws Exception {
    try (Child child =
        Child.running(FullDiskWriter.class, onDiskOf("160m"), disk.resolve("data"))) {
      assertThat(child.says()).isEqualTo("DISK_FULL");
      assertThat(child.says()).isEqualTo("kept 1");
      assertThat(child.says()).isEqualTo("writes again");
    }
  }

  /** The shell gets the size and the folder as arguments, never as part of its program. */
  private List<String> onDiskOf(String size) {
    return List.of(
        "unshare",
        "--user",
        "--map-root-user",
        "--mount",
        "--",
        "sh",
        "-c",
        "mount -t tmpfs -o size=$1 tmpfs \"$2\" && shift 2 && exec \"$@\"",
        "sh",
        size,
        disk.toString());
  }
}
