package dev.capstan.postgres.records;

import dev.capstan.core.Amount;
import dev.capstan.core.account.Account;
import dev.capstan.core.account.AccountId;
import dev.capstan.core.account.Book;
import dev.capstan.core.account.Cost;
import dev.capstan.core.account.Entry;
import dev.capstan.core.account.Limits;
import dev.capstan.core.account.Purpose;
import dev.capstan.core.account.ReservationKey;
import dev.capstan.core.account.Tally;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Accounts as rows: an account with its sums, and the one entry of it that a command is about. */
final class AccountRows {
  private AccountRows() {}

  /** Those that are there already stay as they are. */
  static void make(Connection connection, Map<AccountId, Limits> accounts) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into account (id, state, limits, work, verification)
            values (?, 'open', ?, '{0,0,0,0,0,0,0}', '{0,0,0,0,0,0,0}') on conflict (id) do nothing
            """)) {
      for (Map.Entry<AccountId, Limits> account : accounts.entrySet()) {
        insert.setString(1, account.getKey().value());
        insert.setArray(2, connection.createArrayOf("bigint", numbers(account.getValue())));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /**
   * Locks those that are there until the transaction ends, in the order of their ids. Only the
   * entry of that key is read, and only when all are locked: another transaction may just have
   * ended it.
   */
  static List<Account.Known> lock(
      Connection connection, Collection<AccountId> ids, ReservationKey key) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select * from account where id = any (?) order by id collate "C" for update
            """)) {
      select.setArray(
          1, connection.createArrayOf("text", ids.stream().map(AccountId::value).toArray()));
      try (ResultSet row = select.executeQuery()) {
        Map<AccountId, Entry> entries = entries(connection, key);
        return Sql.all(
            row,
            found -> {
              AccountId id = new AccountId(found.getString("id"));
              Optional<Entry> entry = Optional.ofNullable(entries.get(id));
              return account(found, id, entry.map(one -> Map.of(key, one)).orElse(Map.of()));
            });
      }
    }
  }

  static Account.Known account(ResultSet row, AccountId id, Map<ReservationKey, Entry> entries)
      throws SQLException {
    Book book =
        new Book(
            id,
            limits(array(row, "limits")),
            entries,
            tally(array(row, "work")),
            tally(array(row, "verification")));
    return switch (row.getString("state")) {
      case "open" -> new Account.Open(book);
      case "low" -> new Account.Low(book);
      case "shut" -> new Account.Shut(book);
      default ->
          throw new IllegalStateException("no state of an account: " + row.getString("state"));
    };
  }

  private static Map<AccountId, Entry> entries(Connection connection, ReservationKey key)
      throws SQLException {
    Map<AccountId, Entry> entries = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement("select * from account_entry where key = ?")) {
      select.setString(1, key.value());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          entries.put(new AccountId(row.getString("account_id")), entry(row));
        }
      }
    }
    return entries;
  }

  private static Entry entry(ResultSet row) throws SQLException {
    Purpose purpose = Purpose.valueOf(row.getString("purpose").toUpperCase(Locale.ROOT));
    Amount reserved = new Amount(row.getLong("tokens"), row.getLong("money"));
    return switch (row.getString("state")) {
      case "reserved" -> new Entry.Reserved(purpose, reserved);
      case "released" -> new Entry.Released(purpose, reserved);
      case "settled" -> new Entry.Settled(purpose, reserved, cost(row));
      default -> throw new IllegalStateException("no state of an entry: " + row.getString("state"));
    };
  }

  private static Cost cost(ResultSet row) throws SQLException {
    long tokens = row.getLong("cost_tokens");
    return row.wasNull()
        ? new Cost.Unknown()
        : new Cost.Known(new Amount(tokens, row.getLong("cost_money")));
  }

  /** The accounts and their entries of that key. */
  static void write(Connection connection, List<Account.Known> accounts, ReservationKey key)
      throws SQLException {
    writeBooks(connection, accounts);
    writeEntries(connection, accounts, key);
  }

  static void writeBooks(Connection connection, List<Account.Known> accounts) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update account set state = ?, limits = ?, work = ?, verification = ? where id = ?")) {
      for (Account.Known account : accounts) {
        Book book = account.book();
        update.setString(1, state(account));
        update.setArray(2, connection.createArrayOf("bigint", numbers(book.limits())));
        update.setArray(3, connection.createArrayOf("bigint", numbers(book.work())));
        update.setArray(4, connection.createArrayOf("bigint", numbers(book.verification())));
        update.setString(5, book.id().value());
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  static String state(Account.Known account) {
    return switch (account) {
      case Account.Open _ -> "open";
      case Account.Low _ -> "low";
      case Account.Shut _ -> "shut";
    };
  }

  private static void writeEntries(
      Connection connection, List<Account.Known> accounts, ReservationKey key) throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            """
            insert into account_entry (account_id, key, purpose, state, tokens, money, cost_tokens, cost_money)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (account_id, key) do update
              set state = excluded.state, cost_tokens = excluded.cost_tokens, cost_money = excluded.cost_money
            """)) {
      for (Account.Known account : accounts) {
        Optional<Entry> entry = account.book().entry(key);
        if (entry.isPresent()) {
          set(upsert, account.book().id(), key, entry.get());
          upsert.addBatch();
        }
      }
      upsert.executeBatch();
    }
  }

  private static void set(PreparedStatement upsert, AccountId id, ReservationKey key, Entry entry)
      throws SQLException {
    upsert.setString(1, id.value());
    upsert.setString(2, key.value());
    upsert.setString(3, entry.purpose().name().toLowerCase(Locale.ROOT));
    upsert.setString(4, entry.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    upsert.setLong(5, entry.reserved().tokens());
    upsert.setLong(6, entry.reserved().microDollars());
    Amount cost = entry instanceof Entry.Settled(_, _, Cost.Known(var amount)) ? amount : null;
    upsert.setObject(7, cost == null ? null : cost.tokens(), Types.BIGINT);
    upsert.setObject(8, cost == null ? null : cost.microDollars(), Types.BIGINT);
  }

  private static Long[] array(ResultSet row, String column) throws SQLException {
    return (Long[]) row.getArray(column).getArray();
  }

  private static Limits limits(Long[] numbers) {
    return new Limits(amount(numbers, 0), amount(numbers, 2), amount(numbers, 4));
  }

  private static Tally tally(Long[] numbers) {
    return new Tally(
        amount(numbers, 0), amount(numbers, 2), amount(numbers, 4), numbers[6].intValue());
  }

  private static Amount amount(Long[] numbers, int from) {
    return new Amount(numbers[from], numbers[from + 1]);
  }

  private static Object[] numbers(Limits limits) {
    return numbers(limits.soft(), limits.hard(), limits.verification());
  }

  private static Object[] numbers(Tally tally) {
    Object[] amounts = numbers(tally.measured(), tally.assumed(), tally.reserved());
    Object[] all = Arrays.copyOf(amounts, 7);
    all[6] = (long) tally.unknown();
    return all;
  }

  private static Object[] numbers(Amount... amounts) {
    Object[] numbers = new Object[amounts.length * 2];
    for (int at = 0; at < amounts.length; at++) {
      numbers[2 * at] = amounts[at].tokens();
      numbers[2 * at + 1] = amounts[at].microDollars();
    }
    return numbers;
  }
}
