package dev.capstan.workspace.toolchain;

/** What an exit code other than 0 of a command means. */
public enum ExitCode {
  /** It did not build; failing tests alone do not lead to it. */
  TELLS_BUILD,
  /** Nothing by itself: tests failed, or it did not build. Only the reports tell. */
  TELLS_NOTHING
}
