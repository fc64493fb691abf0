package dev.capstan.cli.endtoend;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Processes of this machine that sleep for so long that nobody else would. */
final class Processes {
  private static final AtomicInteger MARKS = new AtomicInteger();

  private Processes() {}

  /** Seconds that no other command sleeps, by which its process is known. */
  static String newMark() {
    return String.valueOf(
        86_400_000 + ProcessHandle.current().pid() * 100 + MARKS.incrementAndGet());
  }

  static List<Long> sleeping(String mark) {
    return ProcessHandle.allProcesses()
        .filter(process -> isSleeping(process, mark))
        .map(ProcessHandle::pid)
        .toList();
  }

  private static boolean isSleeping(ProcessHandle process, String mark) {
    ProcessHandle.Info info = process.info();
    return info.command().orElse("").endsWith("sleep")
        && List.of(info.arguments().orElse(new String[0])).contains(mark);
  }
}
