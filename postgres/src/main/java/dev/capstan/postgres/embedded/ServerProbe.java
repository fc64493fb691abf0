package dev.capstan.postgres.embedded;

import dev.capstan.postgres.database.DatabaseAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/** Asks a running server whether it is ours and safe. */
final class ServerProbe {
  private static final String MAINTENANCE_DATABASE = "postgres";

  private ServerProbe() {}

  static DatabaseAddress address(Cluster cluster, int port, String database) {
    return new DatabaseAddress("127.0.0.1:" + port, database, "", Cluster.USER, cluster.password());
  }

  /** What speaks against using that server; empty if nothing does. */
  static Optional<String> objection(Cluster cluster, int port) {
    try (Connection connection = connect(cluster, port)) {
      for (String setting : ServerSettings.DURABLE) {
        String value = show(connection, setting);
        if (!value.equals("on")) {
          return Optional.of(
              "its setting " + setting + " is " + value + ": a power cut would lose work");
        }
      }
      if (!Path.of(show(connection, "data_directory")).equals(cluster.data())) {
        return Optional.of("it serves another folder");
      }
      boolean same =
          show(connection, ServerSettings.FINGERPRINT).equals(ServerSettings.fingerprint());
      return same ? Optional.empty() : Optional.of("it was started with other settings");
    } catch (SQLException failure) {
      return Optional.of("it does not let us in: " + failure.getMessage());
    }
  }

  static void createIfMissing(Cluster cluster, int port, String database) {
    try (Connection connection = connect(cluster, port)) {
      if (!exists(connection, database)) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("create database " + database);
        }
      }
    } catch (SQLException failure) {
      throw new EmbeddedPostgresFailed(
          "The database " + database + " can't be made in " + cluster + ": " + failure.getMessage(),
          failure);
    }
  }

  private static boolean exists(Connection connection, String database) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select 1 from pg_database where datname = ?")) {
      query.setString(1, database);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static String show(Connection connection, String setting) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("select current_setting(?, true)")) {
      query.setString(1, setting);
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return Objects.requireNonNullElse(rows.getString(1), "");
      }
    }
  }

  /** With short limits, since the server may be one that hangs. */
  private static Connection connect(Cluster cluster, int port) throws SQLException {
    DatabaseAddress address = address(cluster, port, MAINTENANCE_DATABASE);
    Properties properties = new Properties();
    properties.setProperty("user", address.user());
    properties.setProperty("password", address.password());
    properties.setProperty("ApplicationName", "capstan-probe");
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("loginTimeout", "5");
    properties.setProperty("socketTimeout", "60");
    return DriverManager.getConnection(address.jdbcUrl(), properties);
  }
}
