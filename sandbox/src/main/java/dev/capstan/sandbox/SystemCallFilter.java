package dev.capstan.sandbox;

import dev.capstan.sandbox.SystemCall.Architecture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The seccomp filter: a program of the kernel's classic packet filter (socket filter instructions,
 * {@code linux/filter.h}) that is asked before each system call.
 *
 * <p>It looks at numbers and flags only. What lies behind a pointer could be changed after the
 * look, so {@code clone3}, whose flags do, is refused as "not there": the C library then uses
 * {@code clone}.
 */
final class SystemCallFilter {
  private static final int LOAD = 0x20;
  private static final int JUMP_IF_EQUAL = 0x15;
  private static final int JUMP_IF_AT_LEAST = 0x35;
  private static final int JUMP_IF_ANY_BIT = 0x45;
  private static final int RETURN = 0x06;

  /** Where things are in {@code struct seccomp_data}; the lower halves of the arguments. */
  private static final int NUMBER = 0;

  private static final int ARCHITECTURE = 4;
  private static final int FIRST_ARGUMENT = 16;
  private static final int SECOND_ARGUMENT = 24;

  private static final int ALLOW = 0x7FFF0000;
  private static final int NOT_PERMITTED = 0x00050000 | 1;
  private static final int NOT_THERE = 0x00050000 | 38;
  private static final int NO_SUCH_FAMILY = 0x00050000 | 97;

  private static final int X32 = 0x40000000;
  private static final int NEW_NAMESPACES = 0x7E020000;
  private static final int NEW_TIME_NAMESPACE = 0x80;
  private static final List<Integer> FAMILIES = List.of(0, 1, 2, 10, 16);
  private static final List<Integer> TERMINAL_TRICKS = List.of(0x5412, 0x541C);

  private final Architecture architecture;
  private final List<Instruction> program = new ArrayList<>();

  private SystemCallFilter(Architecture architecture) {
    this.architecture = architecture;
  }

  private record Instruction(int code, int whenTrue, int whenFalse, int value) {}

  /** The instructions, 8 bytes each, in this machine's byte order. */
  static byte[] program(Architecture architecture) {
    SystemCallFilter filter = new SystemCallFilter(architecture);
    filter.requireArchitecture();
    filter.byArguments();
    Arrays.stream(SystemCall.values())
        .filter(SystemCall::isRefusedWhole)
        .forEach(call -> filter.answer(call, NOT_PERMITTED));
    filter.answer(SystemCall.CLONE3, NOT_THERE);
    filter.add(RETURN, 0, 0, ALLOW);
    return filter.bytes();
  }

  /**
   * Writes the program for this machine to a file that stays.
   *
   * @return empty on a processor whose system calls are not known here
   */
  static Optional<Path> in(Path folder) throws IOException {
    Optional<Architecture> here = Architecture.named(System.getProperty("os.arch", "unknown"));
    if (here.isEmpty()) {
      return Optional.empty();
    }
    Path file = folder.toRealPath().resolve("seccomp.bpf");
    Path fresh = Files.createTempFile(folder, "seccomp", ".new");
    Files.write(fresh, program(here.get()));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    return Optional.of(file);
  }

  /** Calls in another architecture's numbers would pass a list of this one's. */
  private void requireArchitecture() {
    load(ARCHITECTURE);
    add(JUMP_IF_EQUAL, 1, 0, architecture.audit());
    add(RETURN, 0, 0, NOT_THERE);
    load(NUMBER);
    switch (architecture) {
      case X86_64 -> {
        add(JUMP_IF_AT_LEAST, 0, 1, X32);
        add(RETURN, 0, 0, NOT_THERE);
      }
      case AARCH64 -> {}
    }
  }

  private void byArguments() {
    refuseBits(SystemCall.CLONE, NEW_NAMESPACES);
    refuseBits(SystemCall.UNSHARE, NEW_NAMESPACES | NEW_TIME_NAMESPACE);
    when(SystemCall.IOCTL, 2 + 2 * TERMINAL_TRICKS.size());
    load(SECOND_ARGUMENT);
    TERMINAL_TRICKS.forEach(request -> answer(request, NOT_PERMITTED));
    add(RETURN, 0, 0, ALLOW);
    when(SystemCall.SOCKET, 2 + 2 * FAMILIES.size());
    load(FIRST_ARGUMENT);
    FAMILIES.forEach(family -> answer(family, ALLOW));
    add(RETURN, 0, 0, NO_SUCH_FAMILY);
  }

  private void refuseBits(SystemCall call, int bits) {
    when(call, 4);
    load(FIRST_ARGUMENT);
    add(JUMP_IF_ANY_BIT, 0, 1, bits);
    add(RETURN, 0, 0, NOT_PERMITTED);
    add(RETURN, 0, 0, ALLOW);
  }

  /** Skips the next {@code instructions} unless it is this call. */
  private void when(SystemCall call, int instructions) {
    add(JUMP_IF_EQUAL, 0, instructions, call.number(architecture));
  }

  private void answer(SystemCall call, int result) {
    if (call.number(architecture) != SystemCall.NONE) {
      answer(call.number(architecture), result);
    }
  }

  private void answer(int value, int result) {
    add(JUMP_IF_EQUAL, 0, 1, value);
    add(RETURN, 0, 0, result);
  }

  private void load(int offset) {
    add(LOAD, 0, 0, offset);
  }

  private void add(int code, int whenTrue, int whenFalse, int value) {
    program.add(new Instruction(code, whenTrue, whenFalse, value));
  }

  private byte[] bytes() {
    ByteBuffer buffer = ByteBuffer.allocate(program.size() * 8).order(ByteOrder.nativeOrder());
    for (Instruction instruction : program) {
      buffer.putShort((short) instruction.code());
      buffer.put((byte) instruction.whenTrue()).put((byte) instruction.whenFalse());
      buffer.putInt(instruction.value());
    }
    return buffer.array();
  }
}
