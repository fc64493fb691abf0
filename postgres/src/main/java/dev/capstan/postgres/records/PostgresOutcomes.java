package dev.capstan.postgres.records;

import dev.capstan.control.codec.EventCodec;
import dev.capstan.control.records.Outcomes;
import dev.capstan.control.story.PersonsWords;
import dev.capstan.core.ProjectId;
import dev.capstan.core.evidence.Outcome;
import dev.capstan.core.run.RunEvent;
import dev.capstan.postgres.database.Transactions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What people said, told from the log. The bodies are read here and not in SQL, which takes no text
 * with a U+0000 apart.
 */
public final class PostgresOutcomes implements Outcomes {
  private static final int LATEST_RUNS = 200;

  private final Sql sql;

  public PostgresOutcomes(Transactions transactions) {
    this.sql = new Sql(transactions);
  }

  private record Row(String run, RunEvent event) {}

  @Override
  public List<Outcome> of(ProjectId project) {
    Map<String, List<RunEvent>> runs = new LinkedHashMap<>();
    for (Row row : rows(project)) {
      runs.computeIfAbsent(row.run(), _ -> new ArrayList<>()).add(row.event());
    }
    return runs.values().stream().flatMap(events -> PersonsWords.of(events).stream()).toList();
  }

  private List<Row> rows(ProjectId project) {
    return sql.query(
        """
        with asked as (
          select id, created_at from run
          where project_id = ? and exists (
            select from event where run_id = run.id and type = 'qa-requested.v1')
          order by created_at desc, id limit ?
        )
        select run_id, type, data from event join asked on asked.id = run_id
        where type in ('run-created.v1', 'step-started.v1', 'qa-requested.v1', 'qa-approved.v1',
                       'attempt-failed.v1', 'step-skipped.v1', 'steps-injected.v1',
                       'verification-repeated.v1', 'run-rewound.v1')
        order by asked.created_at, run_id, version
        """,
        row ->
            new Row(
                row.getString("run_id"),
                EventCodec.read(row.getString("type"), row.getString("data"))),
        project.value(),
        LATEST_RUNS);
  }
}
