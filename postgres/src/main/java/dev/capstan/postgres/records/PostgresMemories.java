package dev.capstan.postgres.records;

import dev.capstan.control.access.Access;
import dev.capstan.control.records.Memories;
import dev.capstan.control.records.Place;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.run.Change;
import dev.capstan.postgres.access.Visible;
import dev.capstan.postgres.database.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What is remembered of finished steps, in PostgreSQL. */
public final class PostgresMemories implements Memories {
  private static final String SELECT =
      """
      select memory.*, reuse.* from memory
      cross join lateral (
        select count(*) as offered, count(*) filter (where passed) as passed,
          count(*) filter (where not passed) as failed
        from memory_offer join memory_recall on memory_recall.id = recall_id
        where memory_id = memory.id
      ) as reuse
      where not forgotten and project_id = ? and %s
      """;

  private static final String NEWEST_FIRST = " order by ended_at desc, memory.id desc limit ?";

  private final Transactions transactions;
  private final Sql sql;
  private final Supplier<Access> access;

  /** Sees all. */
  public PostgresMemories(Transactions transactions) {
    this(transactions, Access.Everything::new);
  }

  /** Sees what whoever asks may see. */
  public PostgresMemories(Transactions transactions, Supplier<Access> access) {
    this.transactions = transactions;
    this.sql = new Sql(transactions);
    this.access = access;
  }

  private Visible visible() {
    return Visible.project(access.get(), "project_id");
  }

  @Override
  public long progress() {
    return sql.query("select position from memory_progress", row -> row.getLong("position"))
        .getFirst();
  }

  @Override
  public void keep(List<Episode> episodes, List<Tried> tried, long through) {
    transactions.inTransaction(connection -> {
      for (Episode episode : episodes) {
        keep(connection, episode);
      }
      for (Tried attempt : tried) {
        note(connection, attempt);
      }
      try (PreparedStatement update =
          connection.prepareStatement(
              "update memory_progress set position = greatest(position, ?)")) {
        update.setLong(1, through);
        return update.executeUpdate();
      }
    });
  }

  /**
   * Costs are read here, once: they are known before the step's end is in the log. A vector stays
   * as long as the step ended when it did before.
   */
  private static void keep(Connection connection, Episode episode) throws SQLException {
    String insert =
        """
        insert into memory (project_id, run_id, step, ended_at, goal, title, reason, kind, scope, engine, work, files,
          changed_files, lines_added, lines_deleted, completed, evidence, failures, attempts, took_ms, tokens,
          micro_dollars)
        select ?, call.run_id, call.step, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, tokens, micro_dollars
        from (
          select ? as run_id, ? as step, coalesce(sum(input + output), 0) as tokens,
            case when count(*) = count(model_call.micro_dollars) then coalesce(sum(model_call.micro_dollars), 0) end
              as micro_dollars
          from model_call where run_id = ? and step = ? and outcome in ('answered', 'cut', 'broken')
        ) as call
        on conflict (run_id, step) do update set
          embedder = case when memory.ended_at = excluded.ended_at then memory.embedder else '' end,
          vector = case when memory.ended_at = excluded.ended_at then memory.vector end,
          ended_at = excluded.ended_at, goal = excluded.goal, title = excluded.title, reason = excluded.reason,
          kind = excluded.kind, scope = excluded.scope, engine = excluded.engine, work = excluded.work,
          files = excluded.files, changed_files = excluded.changed_files, lines_added = excluded.lines_added,
          lines_deleted = excluded.lines_deleted, completed = excluded.completed, evidence = excluded.evidence,
          failures = excluded.failures, attempts = excluded.attempts, took_ms = excluded.took_ms,
          tokens = excluded.tokens, micro_dollars = excluded.micro_dollars
        where not memory.forgotten and memory.ended_at <= excluded.ended_at
        """;
    Situation situation = episode.situation();
    Action action = episode.action();
    Ending ending = episode.ending();
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      int at = 0;
      for (Object value :
          List.of(
              episode.project().value(),
              Sql.parameter(episode.at()),
              text(situation.goal()),
              text(situation.title()),
              text(situation.reason()),
              text(situation.kind()),
              texts(connection, situation.scope()),
              text(action.engine()),
              text(action.work()),
              texts(connection, action.files()),
              action.change().files(),
              action.change().linesAdded(),
              action.change().linesDeleted(),
              ending.completed(),
              texts(connection, ending.evidence()),
              texts(connection, ending.failures()),
              ending.attempts(),
              ending.took().toMillis(),
              episode.run().value(),
              episode.step().value(),
              episode.run().value(),
              episode.step().value())) {
        statement.setObject(++at, value);
      }
      statement.executeUpdate();
    }
  }

  private static void note(Connection connection, Tried attempt) throws SQLException {
    String update =
        "update memory_recall set passed = ? where run_id = ? and step = ? and attempt = ?";
    try (PreparedStatement statement = connection.prepareStatement(update)) {
      statement.setBoolean(1, attempt.passed());
      statement.setString(2, attempt.run().value());
      statement.setString(3, attempt.step().value());
      statement.setInt(4, attempt.attempt());
      statement.executeUpdate();
    }
  }

  /** PostgreSQL has no NUL. */
  private static String text(String given) {
    return given.replace('\0', '\ufffd');
  }

  private static java.sql.Array texts(Connection connection, List<String> given)
      throws SQLException {
    return connection.createArrayOf(
        "text", given.stream().map(PostgresMemories::text).toArray(String[]::new));
  }

  @Override
  public List<Memory> list(ProjectId project, Optional<Place> after, int most) {
    Visible visible = visible();
    String select = SELECT.formatted(visible.condition());
    return after
        .map(place ->
            sql.query(
                select + " and (ended_at, memory.id) < (?, ?)" + NEWEST_FIRST,
                PostgresMemories::memory,
                List.of(project.value()),
                visible,
                Sql.parameter(place.at()),
                number(place.id()),
                most))
        .orElseGet(() ->
            sql.query(
                select + NEWEST_FIRST,
                PostgresMemories::memory,
                List.of(project.value()),
                visible,
                most));
  }

  /** Whoever makes up a place gets what is behind nothing. */
  private static long number(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException _) {
      return Long.MAX_VALUE;
    }
  }

  @Override
  public Optional<Memory> find(ProjectId project, long id) {
    Visible visible = visible();
    return sql
        .query(
            SELECT.formatted(visible.condition()) + " and memory.id = ?",
            PostgresMemories::memory,
            List.of(project.value()),
            visible,
            id)
        .stream()
        .findFirst();
  }

  private static Memory memory(ResultSet row) throws SQLException {
    long money = row.getLong("micro_dollars");
    Optional<Long> microDollars = row.wasNull() ? Optional.empty() : Optional.of(money);
    return new Memory(
        row.getLong("id"),
        new Episode(
            new ProjectId(row.getString("project_id")),
            new RunId(row.getString("run_id")),
            new StepId(row.getString("step")),
            Sql.instant(row, "ended_at"),
            new Situation(
                row.getString("goal"),
                row.getString("title"),
                row.getString("reason"),
                row.getString("kind"),
                list(row, "scope")),
            new Action(
                row.getString("engine"),
                row.getString("work"),
                new Change(
                    row.getInt("changed_files"),
                    row.getInt("lines_added"),
                    row.getInt("lines_deleted")),
                list(row, "files")),
            new Ending(
                row.getBoolean("completed"),
                list(row, "evidence"),
                list(row, "failures"),
                row.getInt("attempts"),
                Duration.ofMillis(row.getLong("took_ms")))),
        new Cost(row.getLong("tokens"), microDollars),
        row.getInt("offered"),
        row.getInt("passed"),
        row.getInt("failed"));
  }

  private static List<String> list(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }

  @Override
  public boolean forget(ProjectId project, long id) {
    Visible visible = visible();
    List<Object> parameters = new ArrayList<>(List.of(project.value(), id));
    parameters.addAll(visible.values());
    String update =
        """
        update memory set forgotten = true, goal = '', title = '', reason = '', kind = '', scope = '{}', engine = '',
          work = '', files = '{}', evidence = '{}', failures = '{}', embedder = '', vector = null
        where not forgotten and project_id = ? and id = ? and %s
        """
            .formatted(visible.condition());
    return sql.update(update, parameters.toArray()) == 1;
  }

  @Override
  public List<Embedded> newest(ProjectId project, int most) {
    Visible visible = visible();
    return sql.query(
        SELECT.formatted(visible.condition()) + NEWEST_FIRST,
        row -> new Embedded(memory(row), embedding(row)),
        List.of(project.value()),
        visible,
        most);
  }

  private static Optional<Embedding> embedding(ResultSet row) throws SQLException {
    byte[] vector = row.getBytes("vector");
    return vector == null
        ? Optional.empty()
        : Optional.of(new Embedding(row.getString("embedder"), vector));
  }

  @Override
  public void embed(Memory memory, Embedding embedding) {
    sql.update(
        "update memory set embedder = ?, vector = ? where id = ? and ended_at = ? and not forgotten",
        embedding.model(),
        embedding.vector(),
        memory.id(),
        Sql.parameter(memory.episode().at()));
  }

  @Override
  public void offered(Asker asker, List<Long> memories) {
    String recall =
        """
        insert into memory_recall (project_id, run_id, step, attempt) select id, ?, ?, ? from project where id = ?
        on conflict (run_id, step, attempt) do update set at = now() returning id
        """;
    transactions.inTransaction(connection -> {
      long id;
      try (PreparedStatement insert = connection.prepareStatement(recall)) {
        insert.setString(1, asker.run().value());
        insert.setString(2, asker.step());
        insert.setInt(3, asker.attempt());
        insert.setString(4, asker.project().value());
        try (ResultSet row = insert.executeQuery()) {
          if (!row.next()) {
            return 0; // planned before the first run of the project, which makes it
          }
          id = row.getLong("id");
        }
      }
      try (PreparedStatement delete =
          connection.prepareStatement("delete from memory_offer where recall_id = ?")) {
        delete.setLong(1, id);
        delete.executeUpdate();
      }
      try (PreparedStatement offer =
          connection.prepareStatement(
              "insert into memory_offer (recall_id, memory_id) select ?, id from memory where id = any(?)")) {
        offer.setLong(1, id);
        offer.setArray(2, connection.createArrayOf("bigint", memories.toArray()));
        return offer.executeUpdate();
      }
    });
  }

  @Override
  public Reuse reuse(ProjectId project) {
    Visible visible = visible();
    List<Object> first = new ArrayList<>(List.of(project.value()));
    first.addAll(visible.values());
    first.add(project.value());
    return sql.query(
            """
            with asked as (
              select step = '' as planning, passed,
                exists (select from memory_offer where recall_id = memory_recall.id) as offered
              from memory_recall where project_id = ? and %1$s
            )
            select count(*) filter (where planning) as plannings,
              count(*) filter (where planning and offered) as plannings_offered,
              count(*) filter (where not planning) as attempts,
              count(*) filter (where not planning and offered) as attempts_offered,
              count(passed) filter (where offered) as ended_with,
              count(*) filter (where offered and passed) as passed_with,
              count(passed) filter (where not offered) as ended_without,
              count(*) filter (where not offered and passed) as passed_without,
              (select count(*) from memory where not forgotten and project_id = ? and %1$s) as memories
            from asked
            """
                .formatted(visible.condition()),
            row ->
                new Reuse(
                    row.getLong("memories"),
                    new Share(row.getLong("plannings"), row.getLong("plannings_offered")),
                    new Attempts(
                        new Share(row.getLong("attempts"), row.getLong("attempts_offered")),
                        row.getLong("ended_with"),
                        row.getLong("passed_with"),
                        row.getLong("ended_without"),
                        row.getLong("passed_without"))),
            first,
            visible)
        .getFirst();
  }
}
