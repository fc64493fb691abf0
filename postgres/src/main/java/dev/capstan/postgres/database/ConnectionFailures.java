package dev.capstan.postgres.database;

import static dev.capstan.postgres.database.DatabaseUnavailable.Reason.DATABASE_MISSING;
import static dev.capstan.postgres.database.DatabaseUnavailable.Reason.LOGIN_REFUSED;
import static dev.capstan.postgres.database.DatabaseUnavailable.Reason.UNKNOWN_HOST;
import static dev.capstan.postgres.database.DatabaseUnavailable.Reason.UNREACHABLE;

import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.stream.Stream;

/** Says in plain words why no connection could be made. */
final class ConnectionFailures {
  private ConnectionFailures() {}

  static DatabaseUnavailable explain(DatabaseAddress address, SQLException failure) {
    String state = SqlStates.of(failure);
    if (state.startsWith("28")) {
      return new DatabaseUnavailable(
          LOGIN_REFUSED,
          "The server at "
              + address.hosts()
              + " refuses to log in user \""
              + address.user()
              + "\": "
              + failure.getMessage()
              + ". Check the user, the password (in the URL or PGPASSWORD) and pg_hba.conf.",
          failure);
    }
    if (state.equals(SqlStates.DATABASE_MISSING)) {
      return new DatabaseUnavailable(
          DATABASE_MISSING,
          "The server at "
              + address.hosts()
              + " has no database \""
              + address.database()
              + "\". Create it: CREATE DATABASE \""
              + address.database().replace("\"", "\"\"")
              + "\".",
          failure);
    }
    return isUnknownHost(failure) ? unknownHost(address, failure) : unreachable(address, failure);
  }

  private static DatabaseUnavailable unknownHost(DatabaseAddress address, SQLException failure) {
    return new DatabaseUnavailable(
        UNKNOWN_HOST,
        "No host is known by the name in \""
            + address.hosts()
            + "\". Check the database URL's host and the name service.",
        failure);
  }

  private static DatabaseUnavailable unreachable(DatabaseAddress address, SQLException failure) {
    return new DatabaseUnavailable(
        UNREACHABLE,
        "No PostgreSQL can be used at "
            + address
            + ": "
            + failure.getMessage()
            + " Check that it runs, listens on that port and lets this machine in.",
        failure);
  }

  private static boolean isUnknownHost(Throwable failure) {
    return Stream.iterate(failure, one -> one != null, Throwable::getCause)
        .anyMatch(UnknownHostException.class::isInstance);
  }
}
