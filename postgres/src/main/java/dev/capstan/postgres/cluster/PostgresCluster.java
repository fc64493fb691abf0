package dev.capstan.postgres.cluster;

import dev.capstan.control.Capabilities;
import dev.capstan.control.cluster.Cluster;
import dev.capstan.control.dispatch.Dispatcher.Presence;
import dev.capstan.control.dispatch.Profile;
import dev.capstan.postgres.database.Transactions;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who takes part, in PostgreSQL. What a crash undoes of it is said again at once. */
public final class PostgresCluster implements Cluster {
  private static final String SECONDS_SILENT =
      "extract(epoch from clock_timestamp() - %s.heard_at)::float8 as silence";

  private final Transactions transactions;

  public PostgresCluster(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void announce(Self self, List<Presence> workers) {
    transactions.inTransaction(connection -> {
      try (Statement statement = connection.createStatement()) {
        statement.execute("set local synchronous_commit = off");
      }
      announce(connection, self);
      forget(connection, self.id(), workers);
      add(connection, self.id(), workers);
      return self;
    });
  }

  /** A new process, or one that had said that it goes, starts anew. */
  private static void announce(Connection connection, Self self) throws SQLException {
    String sql =
        """
        insert into server (id, name, url, version, pid) values (?, ?, ?, ?, ?)
        on conflict (id) do update set name = excluded.name, url = excluded.url, version = excluded.version,
          heard_at = clock_timestamp(), ended_at = null, pid = excluded.pid,
          started_at = case when server.pid = excluded.pid and server.ended_at is null then server.started_at else now() end
        """;
    try (PreparedStatement upsert = connection.prepareStatement(sql)) {
      upsert.setString(1, self.id());
      upsert.setString(2, self.name());
      upsert.setString(3, self.url());
      upsert.setString(4, self.version());
      upsert.setLong(5, self.pid());
      upsert.executeUpdate();
    }
  }

  private static void forget(Connection connection, String server, List<Presence> but)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "delete from worker where server_id = ? and not (instance = any(?))")) {
      delete.setString(1, server);
      delete.setArray(2, names(connection, but.stream().map(one -> one.profile().instance())));
      delete.executeUpdate();
    }
  }

  /** In one order, so that two servers which a worker goes between never wait for each other. */
  private static void add(Connection connection, String server, List<Presence> workers)
      throws SQLException {
    String sql =
        """
        insert into worker (instance, server_id, name, version, capacity, kinds, engines, labels,
          under_way, waiting, given, draining, heard_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, clock_timestamp() - make_interval(secs => ?))
        on conflict (instance) do update set server_id = excluded.server_id, under_way = excluded.under_way,
          waiting = excluded.waiting, given = excluded.given, draining = excluded.draining, heard_at = excluded.heard_at
        where worker.server_id = excluded.server_id or worker.heard_at < excluded.heard_at
        """;
    try (PreparedStatement upsert = connection.prepareStatement(sql)) {
      for (Presence presence :
          workers.stream().sorted(Comparator.comparing(one -> one.profile().instance())).toList()) {
        set(connection, upsert, server, presence);
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
  }

  private static void set(
      Connection connection, PreparedStatement upsert, String server, Presence presence)
      throws SQLException {
    Profile profile = presence.profile();
    Capabilities capabilities = profile.capabilities();
    upsert.setString(1, profile.instance());
    upsert.setString(2, server);
    upsert.setString(3, profile.name());
    upsert.setString(4, profile.version());
    upsert.setInt(5, profile.capacity());
    upsert.setArray(6, names(connection, capabilities.kinds().stream()));
    upsert.setArray(7, names(connection, capabilities.engines().stream()));
    upsert.setArray(8, names(connection, capabilities.labels().stream()));
    upsert.setInt(9, presence.underWay());
    upsert.setInt(10, presence.waiting());
    upsert.setLong(11, presence.given());
    upsert.setBoolean(12, presence.draining());
    upsert.setDouble(13, presence.silence().toMillis() / 1000.0);
  }

  private static Array names(Connection connection, Stream<String> names) throws SQLException {
    return connection.createArrayOf("text", names.sorted().toArray());
  }

  @Override
  public void leave(String server) {
    transactions.inTransaction(connection -> {
      for (String sql :
          List.of(
              "delete from worker where server_id = ?",
              "update server set ended_at = now() where id = ?")) {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
          update.setString(1, server);
          update.executeUpdate();
        }
      }
      return server;
    });
  }

  @Override
  public List<Server> servers() {
    return query(
        "select server.*, %s from server order by name, id"
            .formatted(SECONDS_SILENT.formatted("server")),
        PostgresCluster::server);
  }

  @Override
  public List<Worker> workers() {
    return query(
        """
        select worker.*, %s from worker join server on server.id = worker.server_id
        where server.ended_at is null and server.heard_at > clock_timestamp() - make_interval(secs => %d)
        order by worker.name, instance
        """
            .formatted(SECONDS_SILENT.formatted("worker"), SILENCE.toSeconds()),
        PostgresCluster::worker);
  }

  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> query(String sql, RowReader<T> reader) {
    return transactions.readOnly(connection -> {
      List<T> found = new ArrayList<>();
      try (Statement select = connection.createStatement();
          ResultSet row = select.executeQuery(sql)) {
        while (row.next()) {
          found.add(reader.read(row));
        }
      }
      return found;
    });
  }

  private static Server server(ResultSet row) throws SQLException {
    return new Server(
        new Self(
            row.getString("id"),
            row.getString("name"),
            row.getString("url"),
            row.getString("version"),
            row.getLong("pid")),
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        silence(row),
        instant(row.getObject("ended_at", OffsetDateTime.class)));
  }

  private static Worker worker(ResultSet row) throws SQLException {
    return new Worker(
        new Profile(
            row.getString("name"),
            row.getString("instance"),
            row.getString("version"),
            row.getInt("capacity"),
            new Capabilities(names(row, "kinds"), names(row, "engines"), names(row, "labels"))),
        row.getString("server_id"),
        row.getInt("under_way"),
        row.getInt("waiting"),
        row.getLong("given"),
        row.getBoolean("draining"),
        silence(row));
  }

  private static Set<String> names(ResultSet row, String column) throws SQLException {
    return Set.of((String[]) row.getArray(column).getArray());
  }

  private static Duration silence(ResultSet row) throws SQLException {
    return Duration.ofMillis(Math.max(0, Math.round(row.getDouble("silence") * 1000)));
  }

  private static Optional<Instant> instant(@Nullable OffsetDateTime time) {
    return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
  }
}
