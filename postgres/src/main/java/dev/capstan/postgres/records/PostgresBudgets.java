package dev.capstan.postgres.records;

import dev.capstan.core.Amount;
import dev.capstan.core.Sha256;
import dev.capstan.core.account.Account;
import dev.capstan.core.account.AccountCommand;
import dev.capstan.core.account.AccountDecider;
import dev.capstan.core.account.AccountDecision;
import dev.capstan.core.account.AccountEvent;
import dev.capstan.core.account.AccountHistory;
import dev.capstan.core.account.AccountId;
import dev.capstan.core.account.Book;
import dev.capstan.core.account.Cost;
import dev.capstan.core.account.Limits;
import dev.capstan.core.account.ReservationKey;
import dev.capstan.models.catalog.BudgetPlan;
import dev.capstan.models.catalog.BudgetPlan.Kind;
import dev.capstan.models.records.Asker;
import dev.capstan.models.spending.Accounts;
import dev.capstan.models.spending.Budgets;
import dev.capstan.postgres.database.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Budgets in PostgreSQL. A call is paid from up to four accounts, which are locked in the order of
 * their ids; it is reserved in all of them or in none.
 */
public final class PostgresBudgets implements Budgets, Accounts {
  /** A call takes no longer; what is reserved for so long was left by a server that was killed. */
  private static final String ABANDONED = "1 hour";

  private static final int LONGEST_ID = 100;

  private final Transactions transactions;
  private final Sql sql;
  private final BudgetPlan plan;
  private final InstantSource clock;

  /** Accounts begin with the limits of the plan. */
  public PostgresBudgets(Transactions transactions, BudgetPlan plan, InstantSource clock) {
    this.transactions = transactions;
    this.sql = new Sql(transactions);
    this.plan = plan;
    this.clock = clock;
  }

  @Override
  public Answer reserve(Asker asker, ReservationKey key, Amount estimate) {
    var command = new AccountCommand.Reserve(key, asker.purpose(), estimate);
    return transactions.inTransaction(connection -> reserve(connection, asker, command));
  }

  private Answer reserve(Connection connection, Asker asker, AccountCommand.Reserve command)
      throws SQLException {
    List<Account.Known> after = new ArrayList<>();
    for (Account.Known account : lock(connection, accounts(asker), command.key())) {
      switch (AccountDecider.decide(account, command)) {
        case AccountDecision.Refused(var refusal) -> {
          return new Answer.Refused(account.book().id(), refusal);
        }
        case AccountDecision.Accepted(var events) -> after.add(evolved(account, events));
      }
    }
    AccountRows.write(connection, after, command.key());
    return after.stream()
        .filter(Account.Low.class::isInstance)
        .map(account -> account.book().left(command.purpose()))
        .reduce(Amount::least)
        .<Answer>map(Answer.GrantedLow::new)
        .orElseGet(Answer.Granted::new);
  }

  /** Those that are not there yet are made; most of the time all are. */
  private static List<Account.Known> lock(
      Connection connection, Map<AccountId, Limits> wanted, ReservationKey key)
      throws SQLException {
    List<Account.Known> there = AccountRows.lock(connection, wanted.keySet(), key);
    if (there.size() == wanted.size()) {
      return there;
    }
    AccountRows.make(connection, wanted);
    return AccountRows.lock(connection, wanted.keySet(), key);
  }

  private static Account.Known evolved(Account account, List<AccountEvent> events) {
    Account evolved = account;
    for (AccountEvent event : events) {
      evolved = AccountHistory.evolve(evolved, event);
    }
    return (Account.Known) evolved;
  }

  @Override
  public void settle(Asker asker, ReservationKey key, Cost cost) {
    end(key, new AccountCommand.Settle(key, cost));
  }

  @Override
  public void release(Asker asker, ReservationKey key) {
    end(key, new AccountCommand.Release(key));
  }

  /** In the accounts that it was reserved in, also if the month is over meanwhile. */
  private void end(ReservationKey key, AccountCommand command) {
    transactions.inTransaction(connection -> {
      List<Account.Known> after = new ArrayList<>();
      for (Account account : AccountRows.lock(connection, reservedIn(connection, key), key)) {
        if (AccountDecider.decide(account, command)
            instanceof AccountDecision.Accepted(var events)) {
          after.add(evolved(account, events));
        }
      }
      AccountRows.write(connection, after, key);
      return true;
    });
  }

  private static List<AccountId> reservedIn(Connection connection, ReservationKey key)
      throws SQLException {
    try (var select =
        connection.prepareStatement("select account_id from account_entry where key = ?")) {
      select.setString(1, key.value());
      try (var row = select.executeQuery()) {
        return Sql.all(row, found -> new AccountId(found.getString(1)));
      }
    }
  }

  /**
   * What a server that was killed has left reserved counts as spent, since nobody can say.
   *
   * @return how many calls were settled so
   */
  public int settleAbandoned() {
    List<ReservationKey> abandoned =
        sql.query(
            "select distinct key from account_entry where state = 'reserved' and at < now() - interval '"
                + ABANDONED
                + "'",
            row -> new ReservationKey(row.getString("key")));
    abandoned.forEach(key -> end(key, new AccountCommand.Settle(key, new Cost.Unknown())));
    return abandoned.size();
  }

  // ---- for people

  @Override
  public Optional<Account.Known> find(AccountId id) {
    return sql
        .query(
            "select * from account where id = ?",
            row -> AccountRows.account(row, id, Map.of()),
            id.value())
        .stream()
        .findFirst();
  }

  @Override
  public List<Account.Known> list(String prefix, int most) {
    return sql.query(
        "select * from account where starts_with(id, ?) order by id limit ?",
        row -> AccountRows.account(row, new AccountId(row.getString("id")), Map.of()),
        prefix,
        most);
  }

  /** The share of this month's limit that is spent or reserved, of tokens or of money. */
  public double usedThisMonth() {
    return find(id("month", month()))
        .map(Account.Known::book)
        .map(PostgresBudgets::used)
        .orElse(0.0);
  }

  private static double used(Book book) {
    Amount committed = book.total().committed();
    Amount hard = book.limits().hard();
    return Math.max(
        share(committed.tokens(), hard.tokens()),
        share(committed.microDollars(), hard.microDollars()));
  }

  private static double share(long part, long whole) {
    return part == 0 ? 0 : whole == 0 ? 1 : (double) part / whole;
  }

  /** The account is opened if there is none. */
  @Override
  public AccountDecision limit(AccountId id, Limits limits) {
    return transactions.inTransaction(connection -> {
      Account account = lock(connection, Map.of(id, limits), new ReservationKey("none")).getFirst();
      AccountDecision decision =
          AccountDecider.decide(account, new AccountCommand.ChangeLimit(limits));
      if (decision instanceof AccountDecision.Accepted(var events)) {
        AccountRows.writeBooks(connection, List.of(evolved(account, events)));
      }
      return decision;
    });
  }

  // ---- who pays

  /** Every account that pays for the asker, in the order of their ids, with its first limits. */
  private Map<AccountId, Limits> accounts(Asker asker) {
    String month = month();
    Map<AccountId, Limits> accounts =
        new TreeMap<>((one, other) -> one.value().compareTo(other.value()));
    accounts.put(id("month", month), plan.of(Kind.MONTH));
    accounts.put(id("project", asker.project() + "-" + month), plan.of(Kind.PROJECT));
    accounts.put(id("run", asker.run().value()), plan.of(Kind.RUN));
    if (!asker.step().isEmpty()) {
      accounts.put(id("step", asker.run() + "-" + asker.step()), plan.of(Kind.STEP));
    }
    return accounts;
  }

  private String month() {
    return YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC)).toString();
  }

  /** Long names are cut and told apart by a hash. */
  static AccountId id(String kind, String name) {
    String id = kind + '-' + name;
    return new AccountId(
        id.length() <= LONGEST_ID
            ? id
            : id.substring(0, LONGEST_ID - 17).replaceAll("[.]$", "-")
                + '-'
                + Sha256.hex(id).substring(0, 16));
  }
}
