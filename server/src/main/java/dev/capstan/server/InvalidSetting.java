package dev.capstan.server;

/** A setting that cannot be understood; the message says which, and what it should be. */
public final class InvalidSetting extends RuntimeException {
  private static final long serialVersionUID = 1;

  InvalidSetting(String message) {
    super(message);
  }
}
