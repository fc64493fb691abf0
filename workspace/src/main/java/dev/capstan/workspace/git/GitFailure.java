package dev.capstan.workspace.git;

/** Git could not do it. The message says what, where, and what to do. */
public sealed class GitFailure extends RuntimeException permits ChangeTooLarge {
  private final boolean recoverable;

  GitFailure(String message, boolean recoverable) {
    super(message);
    this.recoverable = recoverable;
  }

  GitFailure(String message, Throwable cause) {
    super(message, cause);
    this.recoverable = true;
  }

  static GitFailure lasting(String message) {
    return new GitFailure(message, false);
  }

  /** True if the same call may succeed later with nothing mended: an outage, a time limit. */
  public boolean recoverable() {
    return recoverable;
  }
}
