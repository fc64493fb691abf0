package dev.capstan.postgres.records;

import dev.capstan.control.access.Access;
import dev.capstan.control.codec.EventCodec;
import dev.capstan.control.records.Experience;
import dev.capstan.control.story.StepEndings;
import dev.capstan.core.ProjectId;
import dev.capstan.core.run.RunEvent;
import dev.capstan.postgres.access.Visible;
import dev.capstan.postgres.database.Transactions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** How steps ended, told from the log of the latest runs. */
public final class PostgresExperience implements Experience {
  private static final int LATEST_RUNS = 50;

  private final Sql sql;
  private final Supplier<Access> access;

  /** Sees all. */
  public PostgresExperience(Transactions transactions) {
    this(transactions, Access.Everything::new);
  }

  /** Sees what whoever asks may see. */
  public PostgresExperience(Transactions transactions, Supplier<Access> access) {
    this.sql = new Sql(transactions);
    this.access = access;
  }

  private record Row(String run, ProjectId project, RunEvent event, Instant at) {}

  @Override
  public List<Ended> latest() {
    Map<String, StepEndings> runs = new LinkedHashMap<>();
    for (Row row : rows()) {
      runs.computeIfAbsent(row.run(), _ -> new StepEndings(row.project()))
          .add(row.event(), row.at());
    }
    return runs.values().stream().flatMap(run -> run.endings().stream()).toList();
  }

  private List<Row> rows() {
    Visible visible = Visible.project(access.get(), "project_id");
    return sql.query(
        """
        with latest as (select id, project_id from run where %s order by created_at desc, id limit ?)
        select run_id, project_id, type, data, at from event join latest on latest.id = run_id
        where type in ('run-created.v1', 'steps-injected.v1', 'step-started.v1', 'step-completed.v1',
                       'steps-integrated.v1', 'step-blocked.v1', 'step-failed.v1')
        order by run_id, version
        """
            .formatted(visible.condition()),
        row ->
            new Row(
                row.getString("run_id"),
                new ProjectId(row.getString("project_id")),
                EventCodec.read(row.getString("type"), row.getString("data")),
                Sql.instant(row, "at")),
        List.of(),
        visible,
        LATEST_RUNS);
  }
}
