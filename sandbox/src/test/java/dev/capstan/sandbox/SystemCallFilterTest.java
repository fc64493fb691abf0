package dev.capstan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.sandbox.SystemCall.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemCallFilterTest {
  private static final Architecture HERE =
      Architecture.named(System.getProperty("os.arch")).orElseThrow();

  @TempDir Path folder;
  private Fence fence;

  @BeforeEach
  void set_up() {
    fence = new Fence(folder);
    assertThat(fence.sandbox.filtersSystemCalls()).isTrue();
  }

  @Test
  void every_refused_call_answers_not_permitted_whatever_is_asked_of_it() {
    List<SystemCall> refused =
        Arrays.stream(SystemCall.values())
            .filter(call -> call.isRefusedWhole() && call.number(HERE) != SystemCall.NONE)
            .toList();
    // A user namespace alone would answer the same to some of them; SECCOMP_MODE_FILTER is asked
    // for below, and keyctl, io_uring, userfaultfd and open_tree need no privilege.
    call(refused.stream().map(call -> call.number(HERE) + ", 0, 0, 0, 0, 0").toList());

    assertThat(fence.out).hasSize(refused.size()).containsOnly("1");
  }

  @Test
  void namespaces_cannot_be_made_by_any_door() {
    call(
        List.of(
            SystemCall.CLONE.number(HERE) + ", 0x10000000 | 17, 0, 0, 0, 0",
            SystemCall.CLONE.number(HERE) + ", 0x40000000 | 17, 0, 0, 0, 0",
            SystemCall.UNSHARE.number(HERE) + ", 0x10000000",
            SystemCall.UNSHARE.number(HERE) + ", 0x80",
            SystemCall.CLONE3.number(HERE) + ", 0, 0",
            SystemCall.UNSHARE.number(HERE) + ", 0x400"));

    assertThat(fence.out).containsExactly("1", "1", "1", "1", "38", "0");
  }

  @Test
  void text_cannot_be_typed_into_a_terminal() {
    call(
        List.of(
            SystemCall.IOCTL.number(HERE) + ", 0, 0x5412, 0",
            SystemCall.IOCTL.number(HERE) + ", 0, 0x100005412, 0",
            SystemCall.IOCTL.number(HERE) + ", 0, 0x541C, 0",
            SystemCall.IOCTL.number(HERE) + ", 0, 0x5401, 0"));

    assertThat(fence.out).containsExactly("1", "1", "1", "25");
  }

  /** A virtual machine's host answers on vsock, which a network namespace does not divide. */
  @Test
  void only_the_usual_kinds_of_sockets_can_be_made() {
    fence.python(
        """
        import socket
        for family in (1, 2, 10, 16, 40, 38, 17, 29, 30, 44):
            try:
                socket.socket(family, socket.SOCK_DGRAM if family != 40 else socket.SOCK_STREAM)
                print(family, 'made')
            except OSError as e:
                print(family, e.errno)
        """);

    assertThat(fence.out)
        .containsExactly(
            "1 made", "2 made", "10 made", "16 made", "40 97", "38 97", "17 97", "29 97", "30 97",
            "44 97");
  }

  @Test
  void the_filter_is_on_and_cannot_be_taken_off() {
    fence.sh("grep -E 'Seccomp:|NoNewPrivs' /proc/self/status");

    assertThat(fence.out).containsExactly("NoNewPrivs:\t1", "Seccomp:\t2");
  }

  @Test
  void calls_by_another_architectures_numbers_are_not_there() {
    if (HERE == Architecture.X86_64) {
      call(List.of("0x40000000 | 39", "0x40000000 | 165, 0, 0, 0, 0, 0"));

      assertThat(fence.out).containsExactly("38", "38");
    }
    assertThat(SystemCallFilter.program(Architecture.AARCH64))
        .isNotEqualTo(SystemCallFilter.program(Architecture.X86_64));
  }

  @Test
  void the_numbers_are_those_of_the_kernels_headers() throws IOException {
    compare(Path.of("/usr/include/asm-generic/unistd.h"), Architecture.AARCH64);
    compare(Path.of("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"), Architecture.X86_64);
  }

  @Test
  void without_the_file_of_the_filter_nothing_is_started() throws IOException {
    Files.delete(fence.base.resolve("own/seccomp.bpf"));

    assertThatThrownBy(() -> fence.sh("echo ran"))
        .isInstanceOf(SandboxUnavailable.class)
        .hasMessageContaining("filter is gone");
    assertThat(fence.out).isEmpty();
  }

  @Test
  void variables_that_a_shell_obeys_take_effect_inside_only() throws IOException {
    Path proof = fence.base.resolve("proof");
    Path script = Files.writeString(fence.base.resolve("script"), "echo ran > " + proof + "\n");
    Map<String, String> environment =
        Map.of(
            "PATH",
            "/usr/bin:/bin",
            "ENV",
            script.toString(),
            "BASH_ENV",
            script.toString(),
            "SHELLOPTS",
            "xtrace",
            "PS4",
            "$(echo ran > " + proof + ")");
    Confinement plain = fence.confinement("/usr/bin/env");
    fence.run(
        new Confinement(
            plain.label(),
            plain.argv(),
            plain.workingFolder(),
            plain.binds(),
            environment,
            plain.network(),
            plain.limits()));

    assertThat(proof).doesNotExist();
    assertThat(fence.out).contains("SHELLOPTS=xtrace", "ENV=" + script);
  }

  private static void compare(Path header, Architecture architecture) throws IOException {
    Map<String, Integer> numbers = new HashMap<>();
    if (Files.exists(header)) {
      for (String line : Files.readAllLines(header)) {
        String[] words = line.split("\\s+", -1);
        if (words.length >= 3 && words[1].startsWith("__NR") && words[2].matches("\\d+")) {
          numbers.putIfAbsent(words[1].replaceFirst("__NR(3264)?_", ""), Integer.valueOf(words[2]));
        }
      }
    }
    for (SystemCall call : SystemCall.values()) {
      int expected =
          numbers.getOrDefault(
              call.name().toLowerCase(java.util.Locale.ROOT),
              numbers.isEmpty() ? call.number(architecture) : SystemCall.NONE);
      assertThat(call.number(architecture)).as("%s", call).isEqualTo(expected);
    }
  }

  private void call(List<String> calls) {
    List<String> script = new ArrayList<>(List.of("import ctypes"));
    script.add("c = ctypes.CDLL(None, use_errno=True)");
    script.add("def call(*words):");
    script.add("    ctypes.set_errno(0)");
    script.add("    c.syscall(*[ctypes.c_long(word) for word in words])");
    script.add("    print(ctypes.get_errno(), flush=True)");
    calls.forEach(one -> script.add("call(" + one + ")"));
    fence.python(script.stream().collect(Collectors.joining("\n")));
  }
}
