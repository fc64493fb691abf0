package dev.capstan.workspace.forge;

/** The forge can't be used just now; the message says why. */
public final class ForgeFailure extends RuntimeException {
  ForgeFailure(String message) {
    super(message);
  }

  ForgeFailure(String message, Throwable cause) {
    super(message + ": " + cause, cause);
  }
}
