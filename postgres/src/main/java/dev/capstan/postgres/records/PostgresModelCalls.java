package dev.capstan.postgres.records;

import dev.capstan.core.ContentHash;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.account.Purpose;
import dev.capstan.models.records.Asker;
import dev.capstan.models.records.CallOutcome;
import dev.capstan.models.records.ModelCall;
import dev.capstan.models.records.ModelCallQueries;
import dev.capstan.models.records.Origin;
import dev.capstan.models.wire.Protocol;
import dev.capstan.models.wire.Usage;
import dev.capstan.postgres.database.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Calls of language models, in PostgreSQL. */
public final class PostgresModelCalls implements ModelCallQueries {
  private final Sql sql;

  public PostgresModelCalls(Transactions transactions) {
    this.sql = new Sql(transactions);
  }

  /** Keeps a call, once. */
  public void add(ModelCall call, Optional<ContentHash> recording) {
    Asker asker = call.asker();
    Optional<Usage> usage = call.usage();
    sql.update(
        """
        insert into model_call (id, run_id, project_id, step, attempt, purpose, at, protocol, asked, used, prompt_hash,
          input, cached, written, output, reasoning, micro_dollars, prices, first_token_ms, ms, retries, origin,
          outcome, detail, recording, prompt)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (id) do nothing
        """,
        call.id(),
        asker.run().value(),
        asker.project().value(),
        asker.step(),
        asker.attempt(),
        asker.purpose().name().toLowerCase(Locale.ROOT),
        Sql.parameter(call.at()),
        call.protocol().name(),
        text(call.asked()),
        call.used(),
        call.promptHash(),
        usage.map(Usage::input).orElse(null),
        usage.map(Usage::cached).orElse(null),
        usage.map(Usage::written).orElse(null),
        usage.map(Usage::output).orElse(null),
        usage.map(Usage::reasoning).orElse(null),
        nullable(call.microDollars()),
        call.prices(),
        nullable(call.firstTokenMillis()),
        call.millis(),
        call.retries(),
        call.origin().word(),
        call.outcome().word(),
        text(call.detail()),
        recording.map(ContentHash::value).orElse(null),
        text(asker.prompt()));
  }

  /** An agent chooses it; PostgreSQL has no NUL. */
  private static String text(String given) {
    return given.replace("\0", "").substring(0, Math.min(2_000, given.replace("\0", "").length()));
  }

  private static @Nullable Long nullable(OptionalLong value) {
    return value.isPresent() ? (Long) value.getAsLong() : null;
  }

  @Override
  public Spent spentBy(RunId run) {
    return sql.query(
            """
            select count(*) filter (where paid) as calls,
              coalesce(sum(input) filter (where paid), 0) as input,
              coalesce(sum(cached) filter (where paid), 0) as cached,
              coalesce(sum(output) filter (where paid), 0) as output,
              count(*) filter (where paid and input is null) as unmetered,
              coalesce(sum(micro_dollars), 0) as money,
              count(*) filter (where micro_dollars is null) as unpriced,
              count(*) filter (where not paid) as answered_again,
              coalesce(sum(input + output) filter (where not paid), 0) as saved
            from (select *, origin = 'provider' as paid from model_call) as call
            where run_id = ? and outcome in ('answered', 'cut', 'broken')
            """,
            row ->
                new Spent(
                    row.getInt("calls"),
                    row.getLong("input"),
                    row.getLong("cached"),
                    row.getLong("output"),
                    row.getInt("unmetered"),
                    row.getLong("money"),
                    row.getInt("unpriced"),
                    row.getInt("answered_again"),
                    row.getLong("saved")),
            run.value())
        .getFirst();
  }

  @Override
  public List<ModelCall> of(RunId run) {
    return sql.query(
        "select * from model_call where run_id = ? order by position",
        PostgresModelCalls::call,
        run.value());
  }

  /** The recordings of whole answers to that prompt, oldest first. */
  public List<ContentHash> recordings(RunId run, String promptHash) {
    return sql.query(
        """
        select recording from model_call
        where run_id = ? and prompt_hash = ? and outcome = 'answered' and recording is not null
        order by position
        """,
        row -> new ContentHash(row.getString("recording")),
        run.value(),
        promptHash);
  }

  private static ModelCall call(ResultSet row) throws SQLException {
    return new ModelCall(
        row.getString("id"),
        new Asker(
            new RunId(row.getString("run_id")),
            new ProjectId(row.getString("project_id")),
            row.getString("step"),
            row.getInt("attempt"),
            Purpose.valueOf(row.getString("purpose").toUpperCase(Locale.ROOT)),
            row.getString("prompt")),
        Sql.instant(row, "at"),
        Protocol.valueOf(row.getString("protocol")),
        row.getString("asked"),
        row.getString("used"),
        row.getString("prompt_hash"),
        usage(row),
        number(row, "micro_dollars"),
        row.getString("prices"),
        number(row, "first_token_ms"),
        row.getLong("ms"),
        row.getInt("retries"),
        Origin.of(row.getString("origin")),
        CallOutcome.of(row.getString("outcome")),
        row.getString("detail"));
  }

  private static Optional<Usage> usage(ResultSet row) throws SQLException {
    return number(row, "input").isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Usage(
                row.getLong("input"),
                row.getLong("cached"),
                row.getLong("written"),
                row.getLong("output"),
                row.getLong("reasoning")));
  }

  private static OptionalLong number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
