package dev.capstan.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.postgres.testing.TestDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedPostgresTest {
  private final DataFolder folder;

  EmbeddedPostgresTest(@TempDir Path temporary) {
    folder = Folders.own(temporary.resolve("data folder"));
  }

  @AfterEach
  void give_the_folder_up() {
    folder.close();
  }

  @Test
  void a_new_folder_gets_a_server_quickly_and_a_stopped_one_starts_at_once_with_its_data()
      throws SQLException {
    long begin = System.nanoTime();
    try (EmbeddedPostgres postgres = Folders.start(folder)) {
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
      Folders.execute(postgres, "create table kept as select 42 as answer");
    }

    begin = System.nanoTime();
    try (EmbeddedPostgres postgres = Folders.start(folder)) {
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
      assertThat(postgres.isTakenOver()).isFalse();
      assertThat(Folders.query(postgres, "select answer from kept")).isEqualTo("42");
    }
  }

  @Test
  void its_settings_are_safe_and_nobody_gets_in_without_the_password() throws Exception {
    try (EmbeddedPostgres postgres = Folders.start(folder)) {
      assertThat(show(postgres, "fsync")).isEqualTo("on");
      assertThat(show(postgres, "synchronous_commit")).isEqualTo("on");
      assertThat(show(postgres, "full_page_writes")).isEqualTo("on");
      assertThat(show(postgres, "data_checksums")).isEqualTo("on");
      assertThat(show(postgres, "listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(show(postgres, "unix_socket_directories")).isEmpty();
      assertThat(show(postgres, "server_encoding")).isEqualTo("UTF8");
      assertThat(show(postgres, "max_connections")).isEqualTo("100");
      assertThat(Folders.query(postgres, "select upper('crème')")).isEqualTo("CRÈME");
      assertThatThrownBy(
              () -> DriverManager.getConnection(postgres.address().jdbcUrl(), "capstan", "wrong"))
          .isInstanceOfSatisfying(
              SQLException.class, failure -> assertThat(failure.getSQLState()).isEqualTo("28P01"));
      assertThat(postgres.address().toString()).doesNotContain(postgres.address().password());
    }
    Path data = Folders.data(folder.path());
    assertThat(mode(data)).isEqualTo("rwx------");
    assertThat(mode(folder.path())).isEqualTo("rwx------");
    assertThat(mode(data.resolveSibling("password"))).isEqualTo("rw-------");
    assertThat(data.resolve("log")).isNotEmptyDirectory();
  }

  @Test
  void a_server_without_fsync_is_refused_even_if_a_file_of_the_folder_asks_for_it()
      throws Exception {
    Folders.start(folder).close();
    Path data = Folders.data(folder.path());
    Files.writeString(
        data.resolve("postgresql.auto.conf"), "fsync = off\nfull_page_writes = off\n");

    try (EmbeddedPostgres postgres = Folders.start(folder)) {
      assertThat(show(postgres, "fsync")).isEqualTo("on");
      assertThat(show(postgres, "full_page_writes")).isEqualTo("on");
    }
  }

  @Test
  void a_server_that_somebody_started_with_other_settings_is_stopped_and_started_anew()
      throws Exception {
    Folders.start(folder).close();
    Path data = Folders.data(folder.path());
    long stranger = startUnsafely(data);

    try (EmbeddedPostgres postgres = Folders.start(folder)) {
      assertThat(postgres.isTakenOver()).isFalse();
      assertThat(postgres.pid()).isNotEqualTo(stranger);
      assertThat(show(postgres, "fsync")).isEqualTo("on");
    }
  }

  private static long startUnsafely(Path data) throws IOException {
    PostgresBinaries binaries = PostgresBinaries.under(TestDatabase.binaries());
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    List<String> command =
        List.of(
            binaries.program("pg_ctl").toString(),
            "start",
            "--pgdata=" + data,
            "--wait",
            "--log=" + data.resolveSibling("stranger.log"),
            "--options=-F -c unix_socket_directories= -c port=" + port);
    Program.Outcome outcome =
        Program.run(Launcher.forExisting(data).command(command), Duration.ofSeconds(60));
    assertThat(outcome.isSuccess()).as(outcome.output()).isTrue();
    return PostmasterPid.read(data).orElseThrow().pid();
  }

  @Test
  void a_server_that_was_killed_comes_back_at_its_address_with_what_was_committed()
      throws Exception {
    try (EmbeddedPostgres postgres = Folders.start(folder)) {
      Folders.execute(postgres, "create table kept as select generate_series(1, 1000) as n");
      for (int time = 1; time <= 2; time++) {
        var address = postgres.address();
        long killed = postgres.pid();
        kill(killed);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> postgres.pid() != killed);

        assertThat(postgres.address()).isEqualTo(address);
        assertThat(Folders.query(postgres, "select count(*) from kept")).isEqualTo("1000");
        assertThat(show(postgres, "fsync")).isEqualTo("on");
      }
    }
    assertThat(Folders.data(folder.path()).resolve("postmaster.pid")).doesNotExist();
  }

  @Test
  void a_process_id_that_now_belongs_to_another_program_does_not_keep_the_server_from_starting()
      throws Exception {
    Folders.start(folder).close();
    Path data = Folders.data(folder.path());
    String stale =
        ProcessHandle.current().pid() + "\n" + data + "\n1\n5432\n\n127.0.0.1\n\nready\n";
    Files.writeString(data.resolve("postmaster.pid"), stale);

    try (EmbeddedPostgres postgres = Folders.start(folder)) {
      assertThat(Folders.query(postgres, "select 1")).isEqualTo("1");
    }
    assertThat(ProcessHandle.current().isAlive()).isTrue();
  }

  @Test
  void a_process_id_of_nobody_does_not_keep_the_server_from_starting() throws Exception {
    Folders.start(folder).close();
    Path data = Folders.data(folder.path());
    Files.writeString(data.resolve("postmaster.pid"), deadPid() + "\n" + data + "\n1\n5432\n");

    try (EmbeddedPostgres postgres = Folders.start(folder)) {
      assertThat(Folders.query(postgres, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void what_a_killed_set_up_left_is_thrown_away_and_done_again() throws Exception {
    Path draft = folder.path().resolve("postgres/initializing-0");
    Files.createDirectories(draft.resolve("data/base"));
    Files.writeString(draft.resolve("data/PG_VERSION"), "18\n");

    try (EmbeddedPostgres postgres = Folders.start(folder)) {
      assertThat(Folders.query(postgres, "select 1")).isEqualTo("1");
    }
    assertThat(draft).doesNotExist();
  }

  @Test
  void a_cluster_with_a_file_missing_is_not_set_up_again_but_reported() throws Exception {
    Path data = folder.path().resolve("postgres/cluster/data");
    Files.createDirectories(data);
    Files.writeString(data.resolve("precious"), "rows");

    assertThatThrownBy(() -> Folders.start(folder))
        .isInstanceOf(EmbeddedPostgresFailed.class)
        .hasMessageContaining("incomplete")
        .hasMessageContaining("Restore it from a backup");
    assertThat(data.resolve("precious")).hasContent("rows");
  }

  @Test
  void a_password_that_was_lost_is_reported_and_the_server_is_not_left_running() throws Exception {
    Folders.start(folder).close();
    Path data = Folders.data(folder.path());
    Files.writeString(data.resolveSibling("password"), "guessed\n");

    assertThatThrownBy(() -> Folders.start(folder))
        .isInstanceOf(EmbeddedPostgresFailed.class)
        .hasMessageContaining("does not let us in")
        .hasMessageContaining("password")
        .hasMessageNotContaining("guessed");
    assertThat(data.resolve("postmaster.pid")).doesNotExist();
  }

  @Test
  void closing_twice_and_closing_a_dead_server_are_harmless() throws Exception {
    EmbeddedPostgres postgres = Folders.start(folder);
    Path data = Folders.data(folder.path());
    assertThat(new PostmasterPid(postgres.pid(), 0, "ready").serves(data)).isTrue();
    kill(postgres.pid());
    postgres.close();
    postgres.close();

    assertThat(new PostmasterPid(postgres.pid(), 0, "ready").serves(data)).isFalse();
    assertThatThrownBy(() -> Folders.connect(postgres)).isInstanceOf(SQLException.class);
  }

  private static String show(EmbeddedPostgres postgres, String setting) throws SQLException {
    return Folders.query(postgres, "show " + setting);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void kill(long pid) {
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    assertThat(process.destroyForcibly()).isTrue();
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> process.info().command().isEmpty());
  }

  private static long deadPid() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    return process.pid();
  }
}
