package dev.capstan.postgres.database;

import java.sql.SQLException;
import java.util.Set;

/** What the five-character codes of PostgreSQL mean for us (its manual, appendix A). */
final class SqlStates {
  static final String DATABASE_MISSING = "3D000";
  static final String DISK_FULL = "53100";
  private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

  /** Shut down by an administrator, crashed, starting up. */
  private static final Set<String> SERVER_GONE = Set.of("57P01", "57P02", "57P03");

  private SqlStates() {}

  static String of(SQLException failure) {
    String state = failure.getSQLState();
    return state == null ? "" : state;
  }

  /** The server undid the transaction for the sake of another; done again it may succeed. */
  static boolean isConflict(SQLException failure) {
    return CONFLICTS.contains(of(failure));
  }

  static boolean isConnectionLost(SQLException failure) {
    return of(failure).startsWith("08") || SERVER_GONE.contains(of(failure));
  }
}
