package dev.capstan.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.postgres.embedded.Ownership.OwnedBy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes and one data folder. */
final class TakeOverTest {
  @TempDir Path temporary;

  @Test
  void the_server_of_a_killed_process_lives_on_and_the_next_process_takes_it_over()
      throws Exception {
    String postgres;
    try (Child first = Child.owning(temporary)) {
      postgres = first.says().split(" ", -1)[1];
      first.kill();
    }

    try (Child second = Child.owning(temporary)) {
      assertThat(second.says()).isEqualTo("ready " + postgres + " taken-over");
    }
    assertThat(PostmasterPid.read(Folders.data(temporary))).isEmpty();
  }

  @Test
  void rows_committed_before_the_kill_are_there_for_the_one_who_takes_over() throws Exception {
    try (Child killed = Child.owning(temporary)) {
      assertThat(killed.says()).startsWith("ready");
      killed.kill();
    }
    try (DataFolder folder = Folders.own(temporary)) {
      try (EmbeddedPostgres postgres = Folders.start(folder)) {
        assertThat(postgres.isTakenOver()).isTrue();
        Folders.execute(postgres, "create table kept as select 7 as n");
      }
      try (EmbeddedPostgres postgres = Folders.start(folder)) {
        assertThat(postgres.isTakenOver()).isFalse();
        assertThat(Folders.query(postgres, "select n from kept")).isEqualTo("7");
      }
    }
  }

  @Test
  void a_folder_has_one_owner_and_others_are_told_who() throws Exception {
    Instant begin = Instant.now().minus(Duration.ofMinutes(1));
    try (Child owner = Child.owning(temporary)) {
      assertThat(owner.says()).startsWith("ready");

      assertThat(DataFolder.tryOwn(temporary))
          .isInstanceOfSatisfying(
              OwnedBy.class,
              other -> {
                assertThat(other.pid()).isEqualTo(owner.pid());
                assertThat(other.since()).isBetween(begin, Instant.now());
              });
      try (Child third = Child.owning(temporary)) {
        assertThat(third.says()).isEqualTo("owned by " + owner.pid());
      }
    }
    Folders.own(temporary).close();
  }

  @Test
  void several_processes_may_start_at_the_same_instant_and_one_of_them_wins() throws Exception {
    try (Child one = Child.owning(temporary);
        Child other = Child.owning(temporary)) {
      String first = one.says();
      String second = other.says();

      assertThat(List.of(first, second))
          .anyMatch(said -> said.startsWith("ready"))
          .anyMatch(said -> said.startsWith("owned by"));
    }
  }
}
