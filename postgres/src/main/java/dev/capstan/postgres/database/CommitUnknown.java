package dev.capstan.postgres.database;

import java.sql.SQLException;

/**
 * The connection broke after commit was sent: the transaction may or may not have taken place. Look
 * for its effect before doing it again.
 */
public final class CommitUnknown extends RuntimeException {
  private static final long serialVersionUID = 1;

  CommitUnknown(SQLException cause) {
    super("The connection broke during commit, so it is unknown whether it took place", cause);
  }
}
