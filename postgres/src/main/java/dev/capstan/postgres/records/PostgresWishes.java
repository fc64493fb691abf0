package dev.capstan.postgres.records;

import dev.capstan.control.access.OrganisationId;
import dev.capstan.control.records.Wishes;
import dev.capstan.core.RunId;
import dev.capstan.postgres.database.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Runs that were asked for, in PostgreSQL. */
public final class PostgresWishes implements Wishes {
  private static final String COLUMNS =
      "organisation_id, run_id, origin, place, body, state, reason, tries";

  private final Transactions transactions;
  private final Sql sql;

  public PostgresWishes(Transactions transactions) {
    this.transactions = transactions;
    this.sql = new Sql(transactions);
  }

  /** Those that are not there yet, in the caller's transaction. */
  static int insert(Connection connection, List<Wish> wishes) throws SQLException {
    String insert =
        "insert into wish (run_id, origin, place, body, organisation_id) values (?, ?, ?, ?, ?) on conflict (run_id) do nothing";
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      for (Wish wish : wishes) {
        statement.setString(1, wish.run().value());
        statement.setString(2, wish.origin());
        statement.setInt(3, wish.place());
        statement.setString(4, wish.body());
        statement.setString(5, wish.organisation().value());
        statement.addBatch();
      }
      return statement.executeBatch().length;
    }
  }

  @Override
  public List<Wish> claim(int most, Duration hold) {
    return transactions.inTransaction(connection -> {
      try (PreparedStatement claim =
          connection.prepareStatement(
              """
              update wish set ready_at = now() + make_interval(secs => ?)
              where run_id in (
                select run_id from wish where state = 'waiting' and ready_at <= now()
                  and not exists (
                    select from halt where project_id is null and coalesce(organisation_id, wish.organisation_id) = wish.organisation_id)
                order by ready_at, origin, place limit ? for update skip locked)
              returning %s
              """
                  .formatted(COLUMNS))) {
        claim.setDouble(1, hold.toMillis() / 1_000.0);
        claim.setInt(2, most);
        try (ResultSet row = claim.executeQuery()) {
          return Sql.all(row, PostgresWishes::wish);
        }
      }
    });
  }

  @Override
  public boolean settle(RunId run, State state, String reason) {
    int settled =
        sql.update(
            "update wish set state = ?, reason = ? where run_id = ? and state = 'waiting'",
            name(state),
            reason,
            run.value());
    return settled > 0;
  }

  @Override
  public void postpone(RunId run, Duration delay, String reason) {
    sql.update(
        """
        update wish set ready_at = now() + make_interval(secs => ?), reason = ?, tries = tries + 1
        where run_id = ? and state = 'waiting'
        """,
        delay.toMillis() / 1_000.0,
        reason,
        run.value());
  }

  @Override
  public List<Wish> of(String origin) {
    return sql.query(
        "select %s from wish where origin = ? order by place".formatted(COLUMNS),
        PostgresWishes::wish,
        origin);
  }

  @Override
  public void hold(String origin, boolean held) {
    sql.update(
        """
        update wish set ready_at = case when ? then 'infinity'::timestamptz else now() end
        where origin = ? and state = 'waiting'
        """,
        held,
        origin);
  }

  @Override
  public boolean isHeld(RunId run) {
    return !sql.query(
            "select 1 from wish where run_id = ? and state = 'waiting' and ready_at = 'infinity'",
            _ -> 1,
            run.value())
        .isEmpty();
  }

  @Override
  public void withdraw(String origin, String reason) {
    sql.update(
        "update wish set state = ?, reason = ? where origin = ? and state = 'waiting'",
        name(State.WITHDRAWN),
        reason,
        origin);
  }

  private static String name(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static Wish wish(ResultSet row) throws SQLException {
    return new Wish(
        new OrganisationId(row.getString("organisation_id")),
        new RunId(row.getString("run_id")),
        row.getString("origin"),
        row.getInt("place"),
        row.getString("body"),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getString("reason"),
        row.getInt("tries"));
  }
}
