package dev.capstan.testkit.qdrant;

/** What Qdrant refuses, with the status that it gives. */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  Refused(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
