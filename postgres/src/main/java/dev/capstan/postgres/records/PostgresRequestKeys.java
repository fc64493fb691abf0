package dev.capstan.postgres.records;

import dev.capstan.control.records.RequestKeys;
import dev.capstan.postgres.database.Transactions;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/** Requests that named a key, in PostgreSQL. Times are those of its clock. */
public final class PostgresRequestKeys implements RequestKeys {
  private static final String OF_ONE = " where caller = ? and key = ? and status is null";
  private static final String HELD = "now() + interval '30 seconds'";

  private final Transactions transactions;
  private final Sql sql;

  public PostgresRequestKeys(Transactions transactions) {
    this.transactions = transactions;
    this.sql = new Sql(transactions);
  }

  @Override
  public Claim claim(Asked asked) {
    return transactions.inTransaction(connection -> {
      try (Statement old = connection.createStatement()) {
        old.executeUpdate("delete from request_key where asked_at < now() - interval '24 hours'");
      }
      return claim(connection, asked);
    });
  }

  private static Claim claim(Connection connection, Asked asked) throws SQLException {
    String take =
        """
        insert into request_key (caller, key, request, held_until) values (?, ?, ?, %1$s)
        on conflict (caller, key) do update set held_until = %1$s
          where request_key.request = excluded.request and request_key.status is null
            and request_key.held_until < now()
        returning xmax <> 0
        """
            .formatted(HELD);
    try (PreparedStatement insert = connection.prepareStatement(take)) {
      insert.setString(1, asked.caller());
      insert.setString(2, asked.key());
      insert.setString(3, asked.request());
      try (ResultSet row = insert.executeQuery()) {
        return row.next() ? new Claim.Mine(row.getBoolean(1)) : taken(connection, asked);
      }
    }
  }

  private static Claim taken(Connection connection, Asked asked) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select request, status, media_type, version, answer from request_key where caller = ? and key = ?")) {
      select.setString(1, asked.caller());
      select.setString(2, asked.key());
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return new Claim.UnderWay();
        }
        if (!row.getString("request").equals(asked.request())) {
          return new Claim.OtherRequest();
        }
        byte[] answer = row.getBytes("answer");
        return answer == null
            ? new Claim.UnderWay()
            : new Claim.Answered(
                new Answer(
                    row.getInt("status"),
                    Objects.requireNonNullElse(row.getString("media_type"), ""),
                    Objects.requireNonNullElse(row.getString("version"), ""),
                    new String(answer, StandardCharsets.UTF_8)));
      }
    }
  }

  @Override
  public void hold(Asked asked) {
    sql.update("update request_key set held_until = " + HELD + OF_ONE, asked.caller(), asked.key());
  }

  @Override
  public void answer(Asked asked, Answer answer) {
    sql.update(
        "update request_key set status = ?, media_type = ?, version = ?, answer = ?" + OF_ONE,
        answer.status(),
        answer.mediaType(),
        answer.version(),
        answer.body().getBytes(StandardCharsets.UTF_8),
        asked.caller(),
        asked.key());
  }

  @Override
  public void release(Asked asked) {
    sql.update(
        "update request_key set held_until = now() - interval '1 second'" + OF_ONE,
        asked.caller(),
        asked.key());
  }
}
