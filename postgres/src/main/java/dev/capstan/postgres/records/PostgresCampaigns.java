package dev.capstan.postgres.records;

import dev.capstan.control.access.Access;
import dev.capstan.control.records.Campaigns;
import dev.capstan.control.records.Place;
import dev.capstan.control.records.Wishes.Wish;
import dev.capstan.postgres.access.Visible;
import dev.capstan.postgres.database.Transactions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Campaigns in PostgreSQL. */
public final class PostgresCampaigns implements Campaigns {
  private final Transactions transactions;
  private final Sql sql;
  private final Supplier<Access> access;

  /** Sees what whoever asks may see. */
  public PostgresCampaigns(Transactions transactions, Supplier<Access> access) {
    this.transactions = transactions;
    this.sql = new Sql(transactions);
    this.access = access;
  }

  @Override
  public void add(String id, String goal, String body, List<Wish> wishes) {
    if (access.get().project().isPresent()) {
      throw new IllegalArgumentException(
          "a campaign is for many projects, and this token is for one: "
              + access.get().project().get());
    }
    transactions.inTransaction(connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into campaign (id, goal, body, organisation_id) values (?, ?, ?, ?) on conflict (id) do nothing")) {
        insert.setString(1, id);
        insert.setString(2, goal);
        insert.setString(3, body);
        insert.setString(4, access.get().home().value());
        return insert.executeUpdate() == 0 ? 0 : PostgresWishes.insert(connection, wishes);
      }
    });
  }

  @Override
  public Optional<Campaign> find(String id) {
    Visible visible = Visible.organisation(access.get(), "organisation_id");
    return sql
        .query(
            "select id, goal, body, created_at from campaign where id = ? and "
                + visible.condition(),
            PostgresCampaigns::campaign,
            List.of(id),
            visible)
        .stream()
        .findFirst();
  }

  @Override
  public List<Campaign> list(Optional<Place> after, int most) {
    Visible visible = Visible.organisation(access.get(), "organisation_id");
    String columns = "select id, goal, body, created_at from campaign where ";
    String order = visible.condition() + " order by created_at desc, id desc limit ?";
    return after
        .map(place ->
            sql.query(
                columns + "(created_at, id) < (?, ?) and " + order,
                PostgresCampaigns::campaign,
                List.of(Sql.parameter(place.at()), place.id()),
                visible,
                most))
        .orElseGet(() ->
            sql.query(columns + order, PostgresCampaigns::campaign, List.of(), visible, most));
  }

  private static Campaign campaign(ResultSet row) throws SQLException {
    return new Campaign(
        row.getString("id"),
        row.getString("goal"),
        row.getString("body"),
        Sql.instant(row, "created_at"));
  }

  @Override
  public void counted(String campaign, String source, String commit, int remaining) {
    sql.update(
        "insert into campaign_count (campaign_id, source, commit_id, remaining) values (?, ?, ?, ?)",
        campaign,
        source,
        commit,
        remaining);
  }

  @Override
  public List<Count> counts(String campaign) {
    return sql.query(
        """
        select source, commit_id, remaining, counted_at from campaign_count
        where campaign_id = ? order by counted_at
        """,
        row ->
            new Count(
                row.getString("source"),
                row.getString("commit_id"),
                row.getInt("remaining"),
                Sql.instant(row, "counted_at")),
        campaign);
  }
}
