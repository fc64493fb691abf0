package dev.capstan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.capstan.sandbox.ControlParent.Controller;
import dev.capstan.sandbox.ControlParent.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlGroupsTest {
  private static final String NAME = "capstan-test-" + UUID.randomUUID();

  @TempDir Path folder;
  private final List<Path> made = new ArrayList<>();

  @AfterEach
  void remove() {
    made.forEach(ControlGroup::remove);
    assertThat(made).noneMatch(Files::exists);
  }

  @Test
  void too_many_processes_are_refused_by_the_kernel_and_are_a_breach() {
    ControlGroups groups = given("pids");
    Fence fence = new Fence(folder, groups);
    fence.limits = fence.limits.withProcesses(20);

    Outcome outcome =
        fence.sh(
            "for i in 1 2 3 4 5 6 7 8 9 10; do (sleep 9 &) & (sleep 9 & sleep 9) & done; wait");

    assertThat(groups.holds(Limit.PROCESSES)).isTrue();
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.LimitExceeded.class, e -> assertThat(e.limit()).isEqualTo(Limit.PROCESSES));
    assertThat(fence.alive()).isEmpty();
    assertThat(left()).isEmpty();
  }

  @Test
  void a_command_is_in_a_cgroup_of_its_own_and_cannot_see_where() {
    Fence fence = new Fence(folder, given("pids"));

    assertThat(fence.sh("cat /proc/self/cgroup; ls /sys 2>&1")).isInstanceOf(Outcome.Exited.class);

    assertThat(fence.out)
        .anyMatch(line -> line.contains(":pids:/"))
        .noneMatch(l -> l.contains(NAME));
    assertThat(left()).isEmpty();
  }

  @Test
  void what_a_crash_left_is_removed_and_what_is_in_use_stays() throws IOException {
    ControlGroups groups = given("pids");
    Path parent = made.getFirst();
    Path old = Files.createDirectory(parent.resolve("capstan-mine-" + UUID.randomUUID()));
    Path others = Files.createDirectory(parent.resolve("capstan-yours-" + UUID.randomUUID()));
    made.addFirst(others);

    assertThat(groups.removeLeftovers("mine")).isEqualTo(1);
    assertThat(old).doesNotExist();
    assertThat(others).exists();
  }

  @Test
  void a_sandbox_that_cannot_enter_its_cgroup_does_not_start() {
    Fence fence = new Fence(folder);
    List<Path> entrances = List.of(Path.of("/sys/fs/cgroup/none/cgroup.procs"));
    List<String> command = Launch.of(Path.of("/usr/bin/true"), Optional.empty(), entrances);

    assertThat(fence.run(command.toArray(String[]::new)))
        .isEqualTo(new Outcome.NotStarted("cannot enter a cgroup"));
  }

  @Test
  void without_a_cgroup_that_was_given_none_is_used() {
    ControlGroups groups = ControlGroups.detect(Map.of("CAPSTAN_CGROUP", "no/such/group"));

    assertThat(groups.summary()).contains("watchdog").contains("no/such/group");
    assertThat(groups.holds(Limit.MEMORY)).isFalse();
    assertThat(ControlGroups.detect(Map.of("CAPSTAN_CGROUP", "../../../tmp")).summary())
        .contains("cannot be used");
  }

  @Test
  void both_versions_are_told_the_same_limits() {
    Limits limits = Limits.DEFAULT.withMemoryBytes(1000).withProcesses(7);
    ControlParent first = new ControlParent(folder, false, Set.of(Controller.MEMORY));
    ControlParent second = new ControlParent(folder, true, Set.of(Controller.MEMORY));

    assertThat(first.settings(Controller.MEMORY, limits))
        .contains(new Setting("memory.limit_in_bytes", "1000", true));
    assertThat(second.settings(Controller.MEMORY, limits))
        .contains(new Setting("memory.max", "1000", true))
        .contains(new Setting("memory.swap.max", "0", false));
    assertThat(first.settings(Controller.PIDS, limits))
        .isEqualTo(second.settings(Controller.PIDS, limits))
        .containsExactly(new Setting("pids.max", "8", true));
  }

  @Test
  void what_the_kernel_counted_is_read_in_both_versions() throws IOException {
    Files.writeString(folder.resolve("memory.events"), "low 0\noom 2\noom_kill 1\n");
    Files.writeString(folder.resolve("memory.oom_control"), "oom_kill_disable 0\noom_kill 0\n");
    ControlGroup.Member second =
        new ControlGroup.Member(folder, true, Set.of(Controller.MEMORY, Controller.CPU));
    ControlGroup.Member first = new ControlGroup.Member(folder, false, Set.of(Controller.MEMORY));

    assertThat(new ControlGroup(List.of(second), Limits.DEFAULT).breach())
        .hasValueSatisfying(
            outcome -> assertThat(outcome).asString().contains("MEMORY", "4294967296 bytes"));
    assertThat(new ControlGroup(List.of(first), Limits.DEFAULT).breach()).isEmpty();
  }

  /**
   * Below the cgroup this process is in, and only where that is the root of its hierarchy: any
   * other one belongs to a program that may count on it.
   */
  private ControlGroups given(String controller) {
    Path mount = Path.of("/sys/fs/cgroup").resolve(controller);
    Path parent = mount.resolve(NAME);
    assumeTrue(
        isAtRoot(controller) && makes(parent),
        "DID_NOT_RUN: no cgroup can be made in " + mount + " on this machine");
    made.add(parent);
    return ControlGroups.detect(Map.of("CAPSTAN_CGROUP", NAME));
  }

  private static boolean isAtRoot(String controller) {
    try {
      return Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
          .anyMatch(line -> line.endsWith(":" + controller + ":/"));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean makes(Path parent) {
    try {
      Files.createDirectory(parent);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private List<Path> left() {
    return List.of(made.getFirst().toFile().listFiles()).stream()
        .filter(java.io.File::isDirectory)
        .map(java.io.File::toPath)
        .toList();
  }
}
