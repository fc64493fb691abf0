package dev.capstan.sandbox;

import java.nio.file.Path;
import java.util.Map;

/** Finds what is left of a sandbox whose first process was never seen. */
final class Remains {
  private Remains() {}

  /**
   * True while a process carries the token, or might have: one that is dying has no memory, and so
   * no environment to read, but still waits for its children. A namespace's first process that is
   * dying therefore counts, whosever it is; it is gone in a moment.
   */
  static boolean anyOf(String token) {
    return ProcessFiles.processes(ProcessFiles.PROC).stream()
        .anyMatch(process -> carries(process, token) || isDyingFirst(process));
  }

  /** True while the first process of any sandbox of ours to see is dying. */
  static boolean anyDying() {
    return ProcessFiles.processes(ProcessFiles.PROC).stream().anyMatch(Remains::isDyingFirst);
  }

  private static boolean carries(Path process, String token) {
    return token.equals(ProcessFiles.environment(process).get(Marks.SANDBOX))
        && ProcessFiles.isActing(process);
  }

  private static boolean isDyingFirst(Path process) {
    Map<String, String> status = ProcessFiles.fields(process.resolve("status"));
    return "bwrap".equals(status.get("Name"))
        && status.getOrDefault("NSpid", "").endsWith("\t1")
        && !status.containsKey("VmSize")
        && ProcessFiles.isActing(process);
  }
}
