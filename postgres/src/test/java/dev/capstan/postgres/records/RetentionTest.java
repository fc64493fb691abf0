package dev.capstan.postgres.records;

import static dev.capstan.postgres.testing.TestRuns.brief;
import static dev.capstan.postgres.testing.TestRuns.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.control.records.Retention;
import dev.capstan.control.records.Retention.Deleted;
import dev.capstan.core.ProjectId;
import dev.capstan.core.run.RunCommand;
import dev.capstan.postgres.testing.Statements;
import dev.capstan.postgres.testing.TestDatabase;
import dev.capstan.postgres.testing.TestRuns;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RetentionTest {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  private static final Retention.Ages AGES =
      new Retention.Ages(Duration.ofDays(90), Duration.ofDays(30), Duration.ofDays(365));

  private final PostgresRetention retention = new PostgresRetention(database.transactions());

  @BeforeEach
  void begin() {
    execute(
        """
        truncate memory, activity, inbox, request_key, server, worker, task, event, run, project restart identity cascade
        """);
  }

  private static void execute(String sql) {
    Statements.execute(database.transactions(), sql);
  }

  @Test
  void only_what_is_over_and_old_is_deleted() {
    try (TestRuns runs = new TestRuns(database)) {
      runs.project("shop", 2);
      runs.start(brief("over", "shop", steps("a")));
      runs.start(brief("open", "shop", steps("a")));
      runs.accept("over", new RunCommand.Cancel("enough"));
    }
    execute(
        """
        insert into activity (run_id, step, attempt, channel, line, at) values
          ('over', '', 0, 'out', 'old', now() - interval '91 days'),
          ('over', '', 0, 'out', 'new', now() - interval '89 days'),
          ('open', '', 0, 'out', 'old but open', now() - interval '91 days');
        update run set updated_at = now() - interval '91 days';
        insert into inbox (id, digest, kind, body, done_at) values
          ('old', '1', 'x', '', now() - interval '31 days'),
          ('new', '2', 'x', '', now() - interval '29 days'),
          ('waiting', '3', 'x', '', null);
        update inbox set received_at = now() - interval '31 days';
        insert into request_key (caller, key, request, held_until, asked_at) values
          ('c', 'old', 'r', now(), now() - interval '25 hours'), ('c', 'new', 'r', now(), now());
        insert into server (id, name, url, version, pid, heard_at) values
          ('gone', 'b', '', '1', 1, now() - interval '8 days'), ('there', 'b', '', '1', 2, now());
        insert into model_answer (project_id, key, model, streams, answer, kept_at) values
          ('shop', 'old', 'm', true, '', now() - interval '31 days'), ('shop', 'new', 'm', true, '', now());
        insert into memory (project_id, run_id, step, ended_at, goal, title, reason, kind, scope, engine, work, files,
          changed_files, lines_added, lines_deleted, completed, evidence, failures, attempts, took_ms, tokens)
        select 'shop', 'over', step, now() - make_interval(days => age), '', '', '', '', '{}', '', '', '{}', 0, 0, 0,
          true, '{}', '{}', 1, 1, 0
        from (values ('old', 366), ('new', 364)) as memory (step, age)
        """);

    assertThat(retention.delete(AGES)).isEqualTo(new Deleted(1, 1, 1, 1, 1, 1));
    assertThat(retention.delete(AGES)).isEqualTo(new Deleted(0, 0, 0, 0, 0, 0));
  }

  @Test
  void an_age_of_zero_keeps_for_ever() {
    execute(
        """
        insert into inbox (id, digest, kind, body, done_at) values ('old', '1', 'x', '', now() - interval '9 years')
        """);

    assertThat(
            retention
                .delete(new Retention.Ages(Duration.ZERO, Duration.ZERO, Duration.ZERO))
                .inbox())
        .isZero();
  }

  @Test
  void a_projects_health_is_what_was_found_last() {
    PostgresProjectHealth health = new PostgresProjectHealth(database.transactions());
    ProjectId shop = new ProjectId("shop");
    try (TestRuns runs = new TestRuns(database)) {
      runs.project("shop", 1);
    }
    assertThat(health.of(List.of(shop))).isEmpty();

    health.record(shop, true, "at c0ffee");
    health.record(shop, false, "could not be reached");

    assertThat(health.of(List.of(shop, new ProjectId("other")))).containsOnlyKeys(shop);
    assertThat(health.of(List.of(shop)).values())
        .singleElement()
        .satisfies(found -> {
          assertThat(found.well()).isFalse();
          assertThat(found.detail()).isEqualTo("could not be reached");
        });
  }
}
