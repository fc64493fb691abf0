package dev.capstan.postgres.runs;

import dev.capstan.control.access.Access;
import dev.capstan.control.codec.EventCodec;
import dev.capstan.control.records.Place;
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
import java.time.ZoneOffset;
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
  public List<Summary> list(Wanted wanted, Optional<Place> after, int most) {
    StringBuilder sql =
        new StringBuilder(
            "select id, project_id, goal, status, version, created_at, updated_at from run where ");
    Visible visible = visible();
    sql.append(visible.condition());
    List<Object> values = new ArrayList<>(visible.values());
    if (!wanted.project().isEmpty()) {
      sql.append(" and project_id = ?");
      values.add(wanted.project());
    }
    if (!wanted.status().isEmpty()) {
      sql.append(" and status = ?");
      values.add(wanted.status());
    }
    if (!wanted.goal().isEmpty()) {
      sql.append(" and position(lower(?) in lower(goal)) > 0");
      values.add(wanted.goal());
    }
    wanted
        .since()
        .ifPresent(since -> {
          sql.append(" and created_at >= ?");
          values.add(since.atOffset(ZoneOffset.UTC));
        });
    after.ifPresent(place -> {
      sql.append(" and (created_at, id) < (?, ?)");
      values.add(place.at().atOffset(ZoneOffset.UTC));
      values.add(place.id());
    });
    values.add(most);
    return summaries(sql.append(" order by created_at desc, id desc limit ?").toString(), values);
  }

  private List<Summary> summaries(String sql, List<Object> values) {
    return transactions.readOnly(connection -> {
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        for (int i = 0; i < values.size(); i++) {
          select.setObject(i + 1, values.get(i));
        }
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

  @Override
  public boolean exists(RunId run) {
    Visible visible = visible();
    List<Object> values = new ArrayList<>(List.of(run.value()));
    values.addAll(visible.values());
    return isThere("select from run where id = ? and " + visible.condition(), values);
  }

  @Override
  public boolean happened(RunId run, String causation) {
    return isThere(
        "select from event where run_id = ? and causation = ? limit 1",
        List.of(run.value(), causation));
  }

  private boolean isThere(String sql, List<Object> values) {
    return transactions.readOnly(connection -> {
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        for (int i = 0; i < values.size(); i++) {
          select.setObject(i + 1, values.get(i));
        }
        try (ResultSet row = select.executeQuery()) {
          return row.next();
        }
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
  public LogPage log(long afterPosition, int most) {
    String sql =
        """
        select event.position, run.project_id, event.run_id, event.type, event.data, event.at
        from event join run on run.id = event.run_id
        where event.position > ? and event.position <= ? order by event.position limit ?
        """;
    return transactions.readOnly(connection -> {
      long settled = Positions.settled(connection);
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        select.setLong(1, afterPosition);
        select.setLong(2, settled);
        select.setInt(3, most);
        List<Logged> events = logged(select);
        long through = events.size() < most ? settled : events.getLast().position();
        return new LogPage(events, Math.max(afterPosition, through));
      }
    });
  }

  private static String ofVisibleRuns(Visible visible) {
    return visible.values().isEmpty()
        ? ""
        : " and run_id in (select id from run where " + visible.condition() + ')';
  }

  private static List<Logged> logged(PreparedStatement select) throws SQLException {
    List<Logged> events = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        events.add(
            new Logged(
                row.getLong("position"),
                new ProjectId(row.getString("project_id")),
                new RunId(row.getString("run_id")),
                row.getString("type"),
                row.getString("data"),
                instant(row, "at")));
      }
    }
    return events;
  }

  @Override
  public long logEnd() {
    return transactions.readOnly(Positions::settled);
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
