package dev.capstan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttackTest {
  private static final long MEBIBYTE = 1L << 20;

  @TempDir Path folder;
  private Fence fence;

  @BeforeEach
  void set_up() {
    fence = new Fence(folder);
  }

  @Test
  void a_daemon_does_not_outlive_the_command() {
    for (int i = 0; i < 15; i++) {
      Outcome outcome =
          fence.sh("(setsid sh -c 'sleep 1000' >/dev/null 2>&1 &) ; (setsid sleep 1000 &)");

      assertThat(outcome).isInstanceOf(Outcome.Exited.class);
      assertThat(fence.alive()).isEmpty();
    }
  }

  @Test
  void a_daemon_that_hides_its_environment_does_not_outlive_the_command() {
    String name = "hidden" + System.nanoTime();

    fence.sh(
        "cp /bin/sleep " + name + "; (env -i setsid ./" + name + " 1000 >/dev/null 2>&1 &); ps ax");

    assertThat(fence.out).anyMatch(line -> line.contains(name));
    assertThat(ProcessHandle.allProcesses().map(handle -> handle.info().command().orElse("")))
        .noneMatch(command -> command.contains(name));
  }

  @Test
  void memory_is_limited_over_all_processes() {
    fence.limits = fence.limits.withMemoryBytes(200 * MEBIBYTE);

    Outcome outcome =
        fence.python(
            """
            import os, time
            for i in range(4):
                if os.fork() == 0:
                    block = bytearray(b'x' * (80 << 20))
                    time.sleep(1000)
            time.sleep(1000)
            """);

    assertLimit(outcome, Limit.MEMORY, "209715200 bytes");
  }

  @Test
  void a_large_reservation_is_not_memory() {
    fence.limits = fence.limits.withMemoryBytes(200 * MEBIBYTE);

    Outcome outcome =
        fence.python(
            "import mmap, time; m = mmap.mmap(-1, 8 << 30); time.sleep(0.4); print('fine')");

    assertExit(outcome, 0);
    assertThat(fence.out).containsExactly("fine");
  }

  @Test
  void a_full_work_folder_is_a_breach_even_by_many_small_files() {
    fence.limits = fence.limits.withDiskBytes(20 * MEBIBYTE);

    Outcome outcome =
        fence.sh("i=0; while :; do head -c 1000000 /dev/zero > f$i; i=$((i+1)); done");

    assertLimit(outcome, Limit.DISK, "20971520 bytes");
  }

  @Test
  void one_long_file_is_stopped_at_the_limit() {
    fence.limits = fence.limits.withDiskBytes(20 * MEBIBYTE);

    Outcome outcome = fence.sh("head -c 3000000000 /dev/zero > big");

    assertLimit(outcome, Limit.DISK, "20971520 bytes");
    assertThat(fence.work.resolve("big").toFile().length()).isLessThan(25 * MEBIBYTE);
  }

  @Test
  void a_file_that_was_deleted_but_is_still_open_counts() {
    fence.limits = fence.limits.withDiskBytes(20 * MEBIBYTE);

    Outcome outcome =
        fence.python(
            """
            import os, time
            files = []
            for i in range(40):
                file = open('hidden', 'wb')
                os.remove('hidden')
                file.write(b'x' * 1000000)
                file.flush()
                files.append(file)
            time.sleep(1000)
            """);

    assertLimit(outcome, Limit.DISK, "20971520 bytes");
  }

  @Test
  void what_was_there_before_is_not_counted() throws IOException {
    Files.write(fence.work.resolve("old"), new byte[(int) (30 * MEBIBYTE)]);
    fence.limits = fence.limits.withDiskBytes(20 * MEBIBYTE);

    assertExit(fence.sh("head -c 10000000 /dev/zero > new; ln -s /usr link"), 0);
  }

  @Test
  void folders_in_memory_have_a_size() {
    List<Bind> binds = new ArrayList<>(fence.confinement("x").binds());
    binds.add(new Bind.Scratch(Path.of("/tmp"), 5 * MEBIBYTE));

    Outcome outcome =
        fence.run(
            fence.confinement(binds, "/bin/sh", "-c", "head -c 50000000 /dev/zero > /tmp/big"));

    assertExit(outcome, 1);
    assertThat(fence.err).anyMatch(line -> line.contains("No space left on device"));
  }

  @Test
  void no_other_folder_in_memory_can_be_written() {
    fence.sh(
        "find / -xdev -type d -writable; find /dev -type d -writable; df -B1 --output=size /dev/shm");

    assertThat(fence.out)
        .containsExactly("/home/capstan", "/tmp", "/dev/pts", "/dev/shm", "1B-blocks", "268435456");
  }

  @Test
  void a_fork_bomb_is_stopped() {
    fence.limits = fence.limits.withProcesses(100);

    Outcome outcome =
        fence.python(
            """
            import os, time
            for i in range(2000):
                if os.fork() == 0:
                    time.sleep(1000)
            time.sleep(1000)
            """);

    assertLimit(outcome, Limit.PROCESSES, "100 processes");
  }

  @Test
  void threads_count_as_processes() {
    fence.limits = fence.limits.withProcesses(100);

    Outcome outcome =
        fence.python(
            """
            import threading, time
            for i in range(300):
                threading.Thread(target=time.sleep, args=(1000,)).start()
            """);

    assertLimit(outcome, Limit.PROCESSES, "100 processes");
  }

  @Test
  void much_output_is_stopped() {
    fence.limits = fence.limits.withOutputBytes(5 * MEBIBYTE);

    Outcome outcome = fence.sh("yes 0123456789abcdef | head -c 52428800; sleep 1000");

    assertLimit(outcome, Limit.OUTPUT, "5242880 bytes");
    assertThat(fence.out.stream().mapToLong(String::length).sum())
        .isPositive()
        .isLessThanOrEqualTo(5 * MEBIBYTE);
  }

  @Test
  void a_loopback_server_of_the_host_is_out_of_reach() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Outcome outcome = connect(server);

      assertThat(outcome)
          .isInstanceOfSatisfying(Outcome.Exited.class, e -> assertThat(e.code()).isNotZero());
      assertThat(fence.err).anyMatch(line -> line.contains("Connection refused"));
      server.setSoTimeout(1);
      assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void a_set_up_phase_reaches_the_host_network() throws IOException {
    fence.network = new Network.Direct();
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertExit(connect(server), 0);
      server.setSoTimeout(5000);
      assertThat(server.accept().isConnected()).isTrue();
    }
  }

  private Outcome connect(ServerSocket server) {
    return fence.python(
        "import socket; socket.create_connection(('127.0.0.1', " + server.getLocalPort() + "), 5)");
  }

  @Test
  void nothing_of_the_host_is_seen_but_what_is_bound() {
    String home = System.getProperty("user.home");
    Outcome outcome =
        fence.sh(
            "for p in /etc/shadow /etc/shadow- /etc/gshadow /etc/ssh /etc/ssl/private /root/.ssh /sys /run /var "
                + "/boot /mnt /opt /srv "
                + home
                + "/.m2 "
                + fence.base.resolve("own")
                + "; do test -e $p && echo seen $p; done; ls /home; cat /etc/passwd | wc -l");

    assertExit(outcome, 0);
    assertThat(fence.out).containsExactly("capstan", "2");
  }

  @Test
  void nothing_is_written_outside_the_work_folder() throws IOException {
    Path outside = Files.createDirectory(fence.base.resolve("outside"));
    Files.createSymbolicLink(fence.work.resolve("planted"), outside);
    fence.sh(
        "echo bad > %s/absolute; echo bad > planted/linked; echo bad > ../up; echo bad > /usr/bad; echo bad > /bad"
            .formatted(outside));

    assertThat(fence.err).hasSize(4);
    assertThat(outside).isEmptyDirectory();
    assertThat(fence.base.resolve("up")).doesNotExist();
    assertThat(Path.of("/usr/bad")).doesNotExist();
    assertThat(Path.of("/bad")).doesNotExist();
  }

  @Test
  void a_planted_link_is_never_bound() throws IOException {
    Path outside = Files.createDirectory(fence.base.resolve("outside"));
    Path planted = Files.createSymbolicLink(fence.work.resolve("planted"), outside);
    List<Bind> writable = new ArrayList<>(fence.confinement("x").binds());
    writable.add(new Bind.Writable(planted, Path.of("/cache")));
    List<Bind> point = new ArrayList<>(fence.confinement("x").binds());
    point.add(new Bind.Scratch(planted.resolve("made/here"), MEBIBYTE));

    assertThat(fence.run(fence.confinement(writable, "/usr/bin/true")))
        .isInstanceOfSatisfying(
            Outcome.NotStarted.class, n -> assertThat(n.reason()).contains("symbolic link"));
    assertThat(fence.run(fence.confinement(point, "/usr/bin/true")))
        .isInstanceOfSatisfying(
            Outcome.NotStarted.class, n -> assertThat(n.reason()).contains("symbolic link"));
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void a_process_of_the_host_can_neither_be_seen_nor_killed() throws Exception {
    Process victim = new ProcessBuilder("/bin/sleep", "1000").start();
    try {
      Outcome outcome =
          fence.sh(
              "test -e /proc/%1$d && echo seen; kill -9 %1$d || echo refused; kill -9 -1; true"
                  .formatted(victim.pid()));

      assertThat(outcome).isInstanceOf(Outcome.Exited.class);
      assertThat(fence.out).containsExactly("refused");
      assertThat(victim.isAlive()).isTrue();
    } finally {
      victim.destroyForcibly().waitFor();
    }
  }

  @Test
  void no_privilege_is_left() {
    fence.sh(
        """
        mount -t tmpfs none /tmp && echo BAD mount
        mount -o remount,rw /proc && echo BAD remount
        umount /usr && echo BAD umount
        unshare -Ur true && echo BAD namespace
        unshare -m true && echo BAD mounts
        chroot / true && echo BAD chroot
        mknod /tmp/device c 1 3 && echo BAD mknod
        hostname other && echo BAD hostname
        grep -E 'Cap(Eff|Prm|Bnd|Amb|Inh)|NoNewPrivs' /proc/self/status
        """);

    assertThat(fence.out).noneMatch(line -> line.startsWith("BAD"));
    assertThat(fence.out)
        .filteredOn(line -> line.startsWith("Cap"))
        .hasSize(5)
        .allMatch(line -> line.endsWith("0000000000000000"));
    assertThat(fence.out).contains("NoNewPrivs:\t1");
  }

  @Test
  void the_kernel_of_the_host_cannot_be_configured() {
    fence.sh(
        """
        for f in $(find /proc/sys -type f -readable 2>/dev/null); do
          if (: >> $f) 2>/dev/null; then echo BAD $f; fi
        done
        find /proc -maxdepth 1 -type f -writable
        echo checked $(find /proc/sys -type f | wc -l)
        """);

    assertThat(fence.out).singleElement().asString().matches("checked [1-9][0-9]+");
  }

  @Test
  void the_device_files_of_the_host_keep_their_mode() throws IOException {
    Path device = Path.of("/dev/full");
    String before = mode(device);
    fence.sh("chmod 600 /dev/full; stat -c %a /dev/full; chmod 666 /dev/full; echo x > /dev/full");

    assertThat(mode(device)).isEqualTo(before);
    assertThat(fence.err).isNotEmpty();
    assertExit(
        fence.sh("echo x > /dev/null && head -c 1 /dev/urandom > byte && test -c /dev/tty"), 0);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
  }

  private void assertLimit(Outcome outcome, Limit limit, String detail) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.LimitExceeded.class,
            e -> {
              assertThat(e.limit()).isEqualTo(limit);
              assertThat(e.detail()).contains(detail);
            });
    assertThat(fence.alive()).isEmpty();
  }

  private static void assertExit(Outcome outcome, int code) {
    assertThat(outcome)
        .isInstanceOfSatisfying(Outcome.Exited.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
