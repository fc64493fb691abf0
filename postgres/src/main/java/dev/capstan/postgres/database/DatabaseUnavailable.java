package dev.capstan.postgres.database;

/**
 * The database can't be used. The message says what is wrong, where, and what to do; it never holds
 * a password.
 */
public final class DatabaseUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The kinds of trouble that call for different help. */
  public enum Reason {
    BAD_URL,
    UNKNOWN_HOST,
    UNREACHABLE,
    LOGIN_REFUSED,
    DATABASE_MISSING,
    SERVER_TOO_OLD,
    NEWER_SCHEMA,
    MIGRATION_FAILED,
    UNSAFE_SETTINGS,
    DISK_FULL
  }

  private final Reason reason;

  public DatabaseUnavailable(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public DatabaseUnavailable(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Which kind of trouble. */
  public Reason reason() {
    return reason;
  }
}
