package dev.capstan.workspace.toolchain;

/** Where a command's standard output goes. */
public sealed interface Output {
  /** To the log, as any other output. */
  record Logged() implements Output {}

  /**
   * To the log and, byte for byte, into this file under {@link Toolchain#REPORTS}: it is a report.
   */
  record Kept(String file) implements Output {}
}
