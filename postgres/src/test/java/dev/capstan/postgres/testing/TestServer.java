package dev.capstan.postgres.testing;

import dev.capstan.postgres.database.Database;
import dev.capstan.postgres.database.DatabaseAddress;
import dev.capstan.postgres.embedded.DataFolder;
import dev.capstan.postgres.embedded.EmbeddedPostgres;
import dev.capstan.postgres.embedded.Ownership.Owned;
import dev.capstan.postgres.embedded.Ownership.OwnedBy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/**
 * The one embedded server of a test run, with the settings that production has. Its folder stays in
 * {@code target/}, so that the next run starts warm; a second run at the same time gets a folder of
 * its own.
 */
final class TestServer implements AutoCloseable {
  private static final String TEMPLATE = "capstan_template";

  private final DataFolder folder;
  private final EmbeddedPostgres postgres;
  private final AtomicInteger databases = new AtomicInteger();

  private TestServer(DataFolder folder, EmbeddedPostgres postgres) {
    this.folder = folder;
    this.postgres = postgres;
  }

  /** Starts it at the first call of a test run; it is stopped when the run ends. */
  static TestServer of(ExtensionContext context) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(TestServer.class))
        .computeIfAbsent(TestServer.class, _ -> start(), TestServer.class);
  }

  private static TestServer start() {
    DataFolder folder = folder();
    TestServer server = new TestServer(folder, EmbeddedPostgres.start(folder, binaries()));
    server.removeLeftovers();
    server.makeTemplate();
    return server;
  }

  /** Where tests keep the programs of PostgreSQL. */
  static Path binaries() {
    return Path.of(
        System.getProperty("java.io.tmpdir"), "capstan-test-" + System.getProperty("user.name"));
  }

  private static DataFolder folder() {
    return switch (DataFolder.tryOwn(Path.of("target", "test-postgres"))) {
      case Owned(DataFolder folder) -> folder;
      case OwnedBy _ -> ownFolder();
    };
  }

  private static DataFolder ownFolder() {
    Path path = Path.of("target", "test-postgres-" + ProcessHandle.current().pid());
    return switch (DataFolder.tryOwn(path)) {
      case Owned(DataFolder folder) -> folder;
      case OwnedBy owner -> throw new IllegalStateException("taken: " + owner);
    };
  }

  /** A new database with the schema of this module. */
  DatabaseAddress create() {
    return clone(TEMPLATE);
  }

  /** A new database with nothing in it. */
  DatabaseAddress createEmpty() {
    return clone("template1");
  }

  private DatabaseAddress clone(String template) {
    String name = "test_" + databases.incrementAndGet();
    execute("create database " + name + " template " + template);
    return postgres.address().withDatabase(name);
  }

  void drop(DatabaseAddress address) {
    execute("drop database if exists " + address.database() + " with (force)");
  }

  private void removeLeftovers() {
    for (String name : names()) {
      if (name.startsWith("test_") || name.equals(TEMPLATE)) {
        execute("drop database " + name + " with (force)");
      }
    }
  }

  private void makeTemplate() {
    execute("create database " + TEMPLATE);
    Database.open(postgres.address().withDatabase(TEMPLATE), 1).close();
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select datname from pg_database")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException("failed: " + sql, failure);
    }
  }

  private Connection connect() throws SQLException {
    DatabaseAddress address = postgres.address();
    return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
  }

  @Override
  public void close() {
    postgres.close();
    folder.close();
    if (!folder.path().endsWith("test-postgres")) {
      delete(folder.path());
    }
  }

  private static void delete(Path root) {
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
