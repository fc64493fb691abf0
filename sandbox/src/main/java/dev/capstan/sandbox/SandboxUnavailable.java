package dev.capstan.sandbox;

/** Nothing can be fenced on this machine; the message says what to install or to change. */
public final class SandboxUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  SandboxUnavailable(String message) {
    super(message);
  }

  SandboxUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
