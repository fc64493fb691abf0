package dev.capstan.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A copy of the data folder taken while rows are being committed, and a server started from it.
 *
 * <p>A copy of a folder that changes meanwhile is of no single instant, which no power cut brings
 * about. So all processes of the server are stopped (SIGSTOP) while it is taken: what is copied is
 * the folder at one instant, torn and half-done as it was, its postmaster.pid included. What the
 * model leaves out are writes that the disk lost since nobody waited for them; that the server
 * waits for those that matter is what fsync and full_page_writes are on for.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads the state of processes from /proc")
final class PowerLossTest {
  @TempDir Path temporary;
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicBoolean stop = new AtomicBoolean();

  @RepeatedTest(3)
  void every_acknowledged_row_survives() throws Exception {
    Path copy = temporary.resolve("copy");
    int promised;
    try (DataFolder folder = Folders.own(temporary.resolve("original"));
        EmbeddedPostgres postgres = Folders.start(folder)) {
      promised = copyWhileWriting(postgres, folder.path(), copy);

      try (DataFolder second = Folders.own(copy);
          EmbeddedPostgres recovered = Folders.start(second)) {
        assertThat(recovered.isTakenOver()).isFalse();
        assertThat(recovered.pid()).isNotEqualTo(postgres.pid());
        int rows = Integer.parseInt(Folders.query(recovered, "select count(*) from log"));
        assertThat(rows).isBetween(promised, promised + 1);
        assertThat(Folders.query(recovered, "select max(n) from log")).isEqualTo("" + rows);
      }
    }
  }

  private int copyWhileWriting(EmbeddedPostgres postgres, Path folder, Path copy) throws Exception {
    Folders.execute(postgres, "create table log (n int primary key, padding text not null)");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> writer = threads.submit(() -> write(postgres));
      int random = ThreadLocalRandom.current().nextInt(20, 400);
      Awaitility.await().until(() -> acknowledged.get() >= random || writer.isDone());
      int promised = copyAtOneInstant(postgres.pid(), folder, copy);
      stop.set(true);
      writer.get(20, TimeUnit.SECONDS);
      return promised;
    }
  }

  private Void write(EmbeddedPostgres postgres) throws SQLException {
    try (Connection connection = Folders.connect(postgres);
        PreparedStatement insert =
            connection.prepareStatement("insert into log values (?, repeat('x', 2000))")) {
      for (int n = 1; !stop.get(); n++) {
        insert.setInt(1, n);
        insert.executeUpdate();
        acknowledged.set(n);
      }
    }
    return null;
  }

  private int copyAtOneInstant(long pid, Path folder, Path copy) throws Exception {
    signal("-STOP", List.of(pid)); // first the one that could start others
    awaitStopped(pid);
    List<Long> children =
        ProcessHandle.of(pid).orElseThrow().children().map(ProcessHandle::pid).toList();
    try {
      signal("-STOP", children);
      children.forEach(PowerLossTest::awaitStopped);
      int promised = acknowledged.get();
      assertThat(promised).isPositive();
      Folders.copy(folder, copy);
      return promised;
    } finally {
      signal("-CONT", Stream.concat(children.stream(), Stream.of(pid)).toList());
    }
  }

  private static void awaitStopped(long pid) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> state(pid) == 'T' || state(pid) == 'Z');
  }

  private static char state(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", "" + pid, "stat"));
    return stat.charAt(stat.lastIndexOf(')') + 2);
  }

  private static void signal(String signal, List<Long> pids) throws Exception {
    List<String> command =
        Stream.concat(Stream.of("kill", signal), pids.stream().map(String::valueOf)).toList();
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
