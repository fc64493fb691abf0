package dev.capstan.postgres.database;

import java.sql.SQLException;

/** A statement failed, and doing it again would not help. */
public final class DatabaseFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String sqlState;

  DatabaseFailure(SQLException cause) {
    super(cause.getMessage(), cause);
    sqlState = SqlStates.of(cause);
  }

  /** PostgreSQL's five-character code (its manual, appendix A); empty if there is none. */
  public String sqlState() {
    return sqlState;
  }
}
