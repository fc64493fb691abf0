package dev.capstan.postgres.embedded;

/**
 * The embedded PostgreSQL can't be set up, started or stopped. The message says what was tried,
 * where, what came of it, and what to do.
 */
public final class EmbeddedPostgresFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  EmbeddedPostgresFailed(String message) {
    super(message);
  }

  EmbeddedPostgresFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
