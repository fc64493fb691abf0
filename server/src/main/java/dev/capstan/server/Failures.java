package dev.capstan.server;

import dev.capstan.api.ErrorCode;
import dev.capstan.postgres.database.DatabaseUnavailable;
import dev.capstan.postgres.embedded.DataFolderUnusable;
import dev.capstan.postgres.embedded.EmbeddedPostgresFailed;
import dev.capstan.sandbox.SandboxUnavailable;
import java.util.Optional;

/** Which error it is when an installation does not start. */
public final class Failures {
  private Failures() {}

  /** Empty for a fault of Capstan; the message of any other is meant for people. */
  public static Optional<ErrorCode> code(Throwable failure) {
    return switch (failure) {
      case DataFolderUnusable _, InvalidSetting _ -> Optional.of(ErrorCode.INVALID);
      case DatabaseUnavailable database -> Optional.of(code(database.reason()));
      case EmbeddedPostgresFailed _, SandboxUnavailable _ -> Optional.of(ErrorCode.CAPACITY);
      default -> Optional.empty();
    };
  }

  private static ErrorCode code(DatabaseUnavailable.Reason reason) {
    return switch (reason) {
      case BAD_URL,
          LOGIN_REFUSED,
          DATABASE_MISSING,
          SERVER_TOO_OLD,
          NEWER_SCHEMA,
          UNSAFE_SETTINGS ->
          ErrorCode.INVALID;
      case UNKNOWN_HOST, UNREACHABLE, MIGRATION_FAILED, DISK_FULL -> ErrorCode.CAPACITY;
    };
  }
}
