package dev.capstan.postgres.database;

import static dev.capstan.postgres.database.DatabaseUnavailable.Reason.SERVER_TOO_OLD;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * An open database with the schema of this Capstan: a pool of connections, safe for many threads.
 */
public final class Database implements AutoCloseable {
  /** The oldest PostgreSQL we run on. */
  public static final int OLDEST_SERVER = 15;

  /** How the pool behaves for those who don't care: enough for one server process. */
  public static final int CONNECTIONS = 20;

  private final DatabaseAddress address;
  private final HikariDataSource pool;

  private Database(DatabaseAddress address, HikariDataSource pool) {
    this.address = address;
    this.pool = pool;
  }

  /** {@link #open(DatabaseAddress, int)} with {@value #CONNECTIONS} connections. */
  public static Database open(DatabaseAddress address) {
    return open(address, CONNECTIONS);
  }

  /**
   * Connects, brings the schema up to date and opens the pool.
   *
   * @param connections how many connections there may be at once
   * @throws DatabaseUnavailable if any of that can't be done
   */
  public static Database open(DatabaseAddress address, int connections) {
    requireUsable(address);
    Migrations.run(address);
    return new Database(address, new HikariDataSource(poolSettings(address, connections)));
  }

  public DatabaseAddress address() {
    return address;
  }

  /** The pool, for libraries that want one; its connections commit each statement. */
  public DataSource dataSource() {
    return pool;
  }

  /** What the connections of the pool are doing. */
  public record Connections(int active, int idle, int awaited) {}

  public Connections connections() {
    HikariPoolMXBean now = pool.getHikariPoolMXBean();
    return new Connections(
        now.getActiveConnections(), now.getIdleConnections(), now.getThreadsAwaitingConnection());
  }

  public Transactions transactions() {
    return new Transactions(pool);
  }

  @Override
  public void close() {
    pool.close();
  }

  private static void requireUsable(DatabaseAddress address) {
    try (Connection connection = DriverSettings.source(address).getConnection()) {
      int version = connection.getMetaData().getDatabaseMajorVersion();
      requireVersion(address, version);
    } catch (SQLException failure) {
      throw ConnectionFailures.explain(address, failure);
    }
  }

  static void requireVersion(DatabaseAddress address, int version) {
    if (version < OLDEST_SERVER) {
      throw new DatabaseUnavailable(
          SERVER_TOO_OLD,
          "The server at "
              + address.hosts()
              + " is PostgreSQL "
              + version
              + ". Capstan needs "
              + OLDEST_SERVER
              + " or newer: upgrade it, or leave out the database URL to use the one built in.");
    }
  }

  private static HikariConfig poolSettings(DatabaseAddress address, int connections) {
    HikariConfig settings = new HikariConfig();
    settings.setPoolName("capstan");
    settings.setDataSource(DriverSettings.source(address));
    settings.setMaximumPoolSize(connections);
    settings.setMinimumIdle(Math.min(2, connections));
    settings.setConnectionTimeout(15_000);
    return settings;
  }
}
