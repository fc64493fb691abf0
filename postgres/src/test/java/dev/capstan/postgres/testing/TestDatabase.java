package dev.capstan.postgres.testing;

import dev.capstan.postgres.database.Database;
import dev.capstan.postgres.database.DatabaseAddress;
import dev.capstan.postgres.database.Transactions;
import java.nio.file.Path;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A fresh database with the schema, for the tests of one class, on a real server that all classes
 * of a run share:
 *
 * <pre>{@code
 * @RegisterExtension static final TestDatabase database = TestDatabase.migrated();
 * }</pre>
 */
public final class TestDatabase implements BeforeAllCallback, AfterAllCallback {
  private static final int CONNECTIONS = 16;

  private final boolean migrated;
  private @Nullable TestServer server;
  private @Nullable DatabaseAddress address;
  private @Nullable Database database;

  private TestDatabase(boolean migrated) {
    this.migrated = migrated;
  }

  /** With the schema, cloned from a template. */
  public static TestDatabase migrated() {
    return new TestDatabase(true);
  }

  /** With nothing in it; it is not opened until {@link #database()} is called. */
  public static TestDatabase empty() {
    return new TestDatabase(false);
  }

  /** Where tests keep the programs of PostgreSQL, for those that start a server of their own. */
  public static Path binaries() {
    return TestServer.binaries();
  }

  public DatabaseAddress address() {
    return Objects.requireNonNull(address, "only between beforeAll and afterAll");
  }

  /** Opened at the first call. */
  public synchronized Database database() {
    Database open = database;
    if (open == null) {
      open = Database.open(address(), CONNECTIONS);
      database = open;
    }
    return open;
  }

  public DataSource dataSource() {
    return database().dataSource();
  }

  public Transactions transactions() {
    return database().transactions();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    TestServer started = TestServer.of(context);
    server = started;
    address = migrated ? started.create() : started.createEmpty();
  }

  @Override
  public synchronized void afterAll(ExtensionContext context) {
    if (database != null) {
      database.close();
      database = null;
    }
    if (server != null) {
      server.drop(address());
    }
  }
}
