package dev.capstan.postgres.records;

import dev.capstan.control.records.Intake;
import dev.capstan.control.records.Wishes.Wish;
import dev.capstan.postgres.database.Transactions;
import java.sql.PreparedStatement;
import java.util.List;

/** Events from outside, in PostgreSQL. */
public final class PostgresIntake implements Intake {
  private final Transactions transactions;

  public PostgresIntake(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public boolean take(String id, String type, String payload, List<Wish> wishes) {
    return transactions.inTransaction(connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into intake (id, type, payload) values (?, ?, ?) on conflict (id) do nothing")) {
        insert.setString(1, id);
        insert.setString(2, type);
        insert.setString(3, payload);
        if (insert.executeUpdate() == 0) {
          return false;
        }
        PostgresWishes.insert(connection, wishes);
        return true;
      }
    });
  }
}
