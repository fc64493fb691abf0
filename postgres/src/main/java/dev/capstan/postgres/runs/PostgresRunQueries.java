package dev.capstan.postgres.runs;

import dev.capstan.control.access.Access;
import dev.capstan.control.codec.EventCodec;
import dev.capstan.control.records.RunQueries;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.run.Run;
import dev.capstan.postgres.access.Visible;
import dev.capstan.postgres.database.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What is read of runs, from PostgreSQL. */
public final class PostgresRunQueries implements RunQueries {
  private static final String EVENT_COLUMNS =
      "position, run_id, version, type, data, at, actor, correlation, causation";

  private final Transactions transactions;
  private final Signal signal;
  private final Supplier<Access> access;

  /** Sees all. */
  public PostgresRunQueries(Transactions transactions, Signal signal) {
    this(transactions, signal, Access.Everything::new);
  }

  /** Sees what whoever asks may see. */
  public PostgresRunQueries(Transactions transactions, Signal signal, Supplier<Access> access) {
    this.transactions = transactions;
    this.signal = signal;
    this.access = access;
  }

  private Visible visible() {
    return Visible.project(access.get(), "project_id");
  }

  /** Sets the values of what is visible, from that place on; returns the place behind them. */
  private static int set(PreparedStatement statement, int place, Visible visible)
      throws SQLException {
    int next = place;
    for (Object value : visible.values()) {
      statement.setObject(next++, value);
    }
    return next;
  }

  @Override
  public List<Summary> list(int most) {
    Visible visible = visible();
    String sql =
        """
        select id, project_id, goal, status, version, created_at, updated_at from run where %s
        order by created_at desc, id desc limit ?
        """
            .formatted(visible.condition());
    return transactions.readOnly(connection -> {
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        select.setInt(set(select, 1, visible), most);
        List<Summary> found = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            found.add(summary(row));
          }
        }
        return found;
      }
    });
  }

  private static Summary summary(ResultSet row) throws SQLException {
    return new Summary(
        new RunId(row.getString("id")),
        new ProjectId(row.getString("project_id")),
        row.getString("goal"),
        row.getString("status"),
        row.getLong("version"),
        instant(row, "created_at"),
        instant(row, "updated_at"));
  }

  @Override
  public Optional<Found> find(RunId run) {
    Visible visible = visible();
    return transactions.readOnly(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              "select version, created_at, updated_at from run where id = ? and "
                  + visible.condition())) {
        select.setString(1, run.value());
        set(select, 2, visible);
        try (ResultSet row = select.executeQuery()) {
          return row.next() ? Optional.of(found(connection, run, row)) : Optional.empty();
        }
      }
    });
  }

  private static Found found(Connection connection, RunId run, ResultSet row) throws SQLException {
    long version = row.getLong("version");
    if (StateReader.read(connection, run, version) instanceof Run.Known known) {
      return new Found(known, version, instant(row, "created_at"), instant(row, "updated_at"));
    }
    throw new IllegalStateException("run " + run + " has no events");
  }

  @Override
  public List<Recorded> events(RunId run, long afterVersion, int most) {
    Visible visible = visible();
    String sql =
        "select %s from event where run_id = ? and version > ?%s order by version limit ?"
            .formatted(EVENT_COLUMNS, ofVisibleRuns(visible));
    return transactions.readOnly(connection -> {
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        select.setString(1, run.value());
        select.setLong(2, afterVersion);
        select.setInt(set(select, 3, visible), most);
        return recorded(select);
      }
    });
  }

  @Override
  public List<Recorded> allEvents(long afterPosition, int most) {
    Visible visible = visible();
    String sql =
        "select %s from event where position > ? and position <= ?%s order by position limit ?"
            .formatted(EVENT_COLUMNS, ofVisibleRuns(visible));
    return transactions.readOnly(connection -> {
      long settled = Positions.settled(connection);
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        select.setLong(1, afterPosition);
        select.setLong(2, settled);
        select.setInt(set(select, 3, visible), most);
        return recorded(select);
      }
    });
  }

  private static String ofVisibleRuns(Visible visible) {
    return visible.values().isEmpty()
        ? ""
        : " and run_id in (select id from run where " + visible.condition() + ')';
  }

  private static List<Recorded> recorded(PreparedStatement select) throws SQLException {
    List<Recorded> events = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        String type = row.getString("type");
        String data = row.getString("data");
        events.add(
            new Recorded(
                row.getLong("position"),
                new RunId(row.getString("run_id")),
                row.getLong("version"),
                type,
                EventCodec.read(type, data),
                data,
                instant(row, "at"),
                row.getString("actor"),
                row.getString("correlation"),
                row.getString("causation")));
      }
    }
    return events;
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  @Override
  public void awaitChange(long seen, Duration atMost) throws InterruptedException {
    signal.await(seen, atMost);
  }

  @Override
  public long changeCount() {
    return signal.count();
  }
}
