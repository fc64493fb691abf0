package dev.capstan.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.capstan.postgres.database.DatabaseUnavailable.Reason;
import dev.capstan.postgres.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class DatabaseTest {
  @RegisterExtension static final TestDatabase migrated = TestDatabase.migrated();
  @RegisterExtension static final TestDatabase empty = TestDatabase.empty();
  @RegisterExtension static final TestDatabase newer = TestDatabase.migrated();

  @Test
  void an_empty_database_is_brought_up_to_date_and_opening_it_again_changes_nothing() {
    try (Database first = Database.open(empty.address(), 2)) {
      assertThat(number(first, "select count(*) from installation")).isOne();
    }
    try (Database second = Database.open(empty.address(), 2)) {
      int applied = number(second, "select count(*) from flyway_schema_history where success");
      assertThat(applied)
          .isEqualTo(
              number(
                  migrated.database(), "select count(*) from flyway_schema_history where success"));
    }
  }

  @Test
  void two_test_databases_share_nothing() {
    assertThat(migrated.address().database()).isNotEqualTo(newer.address().database());
    execute(migrated.database(), "create table mine (n int)");

    assertThat(number(newer.database(), "select count(*) from pg_class where relname = 'mine'"))
        .isZero();
  }

  @Test
  void a_url_with_everything_in_it_opens_the_database() {
    DatabaseAddress address = migrated.address();
    String url =
        "jdbc:postgresql://capstan:"
            + address.password()
            + '@'
            + address.hosts()
            + '/'
            + address.database()
            + "?ApplicationName=tester";

    try (Database database = Database.open(DatabaseAddress.parse(url, Map.of()), 1)) {
      assertThat(
              number(
                  database,
                  "select count(*) from pg_stat_activity where pid = pg_backend_pid()"
                      + " and application_name = 'tester'"))
          .isEqualTo(1);
    }
  }

  @Test
  void a_database_changed_by_a_newer_capstan_is_refused() {
    execute(
        newer.database(),
        "insert into flyway_schema_history (installed_rank, version, description, type, script,"
            + " installed_by, execution_time, success)"
            + " values (9999, '9999', 'the future', 'SQL', 'V9999__the_future.sql', 'x', 1, true)");

    DatabaseUnavailable refusal = refusal(newer.address());

    assertThat(refusal.reason()).isEqualTo(Reason.NEWER_SCHEMA);
    assertThat(refusal).hasMessageContaining("newer Capstan").hasMessageContaining("9999");
  }

  @Test
  void a_wrong_password_is_reported_without_showing_it() {
    DatabaseAddress right = migrated.address();
    DatabaseUnavailable refusal =
        refusal(new DatabaseAddress(right.hosts(), right.database(), "", "capstan", "opensesame"));

    assertThat(refusal.reason()).isEqualTo(Reason.LOGIN_REFUSED);
    assertThat(refusal)
        .hasMessageContaining("\"capstan\"")
        .hasMessageContaining("PGPASSWORD")
        .hasMessageNotContaining("opensesame");
  }

  @Test
  void a_missing_database_is_reported_with_the_statement_that_makes_it() {
    DatabaseUnavailable refusal = refusal(migrated.address().withDatabase("nowhere"));

    assertThat(refusal.reason()).isEqualTo(Reason.DATABASE_MISSING);
    assertThat(refusal).hasMessageContaining("CREATE DATABASE \"nowhere\"");
  }

  @Test
  void an_unknown_host_is_reported() {
    DatabaseUnavailable refusal =
        refusal(new DatabaseAddress("no-such-host.invalid", "capstan", "", "capstan", "x"));

    assertThat(refusal.reason()).isEqualTo(Reason.UNKNOWN_HOST);
    assertThat(refusal).hasMessageContaining("no-such-host.invalid");
  }

  @Test
  void a_port_that_nobody_listens_on_is_reported() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    DatabaseUnavailable refusal =
        refusal(new DatabaseAddress("127.0.0.1:" + port, "capstan", "", "capstan", "x"));

    assertThat(refusal.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(refusal).hasMessageContaining("127.0.0.1:" + port);
  }

  @Test
  void a_server_that_is_too_old_is_refused() {
    DatabaseUnavailable refusal =
        catchThrowableOfType(
            DatabaseUnavailable.class, () -> Database.requireVersion(migrated.address(), 14));

    assertThat(refusal.reason()).isEqualTo(Reason.SERVER_TOO_OLD);
    assertThat(refusal)
        .hasMessageContaining("is PostgreSQL 14")
        .hasMessageContaining("15 or newer");
    Database.requireVersion(migrated.address(), 15);
  }

  private static DatabaseUnavailable refusal(DatabaseAddress address) {
    return catchThrowableOfType(DatabaseUnavailable.class, () -> Database.open(address, 1).close());
  }

  private static void execute(Database database, String sql) {
    database
        .transactions()
        .inTransaction(connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
          }
        });
  }

  private static int number(Database database, String sql) {
    return database.transactions().readOnly(connection -> number(connection, sql));
  }

  private static int number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
