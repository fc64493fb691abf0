package dev.capstan.cli.command;

import dev.capstan.api.RunView;

/**
 * The exit codes of commands that follow a run; those of errors are in {@link
 * dev.capstan.api.ErrorCode}.
 */
final class ExitCodes {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int NEEDS_PERSON = 3;
  static final int CANCELLED = 4;

  private ExitCodes() {}

  static int of(RunView run) {
    return switch (run.status()) {
      case "completed" -> OK;
      case "failed" -> FAILED;
      case "cancelled" -> CANCELLED;
      default -> NEEDS_PERSON;
    };
  }
}
