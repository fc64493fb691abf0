package dev.capstan.bench;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.capstan.postgres.database.DatabaseAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * db-scheduler on the same server: one-time tasks, lock and fetch, immediate execution. Jobs are
 * scheduled by sixteen threads at once, so that single commits do not bound it.
 */
final class DbSchedulerRound implements Round {
  private static final String SUBJECT = "db-scheduler 16.12.0";
  private static final int THREADS = 16;

  private final Postgres postgres;
  private final Sizes sizes;
  private final Semaphore done = new Semaphore(0);

  DbSchedulerRound(Postgres postgres, Sizes sizes) {
    this.postgres = postgres;
    this.sizes = sizes;
  }

  @Override
  public List<Figure> measure() throws SQLException, InterruptedException {
    DatabaseAddress address = postgres.create();
    OneTimeTask<Void> job = Tasks.oneTime("job").execute((_, _) -> done.release());
    try (HikariDataSource source = pool(address)) {
      createTable(source);
      Scheduler scheduler =
          Scheduler.create(source, job)
              .threads(THREADS)
              .pollUsingLockAndFetch(1.0, 4.0)
              .pollingInterval(Duration.ofSeconds(1))
              .enableImmediateExecution()
              .build();
      scheduler.start();
      try {
        return measure(scheduler, job);
      } finally {
        scheduler.stop();
      }
    } finally {
      postgres.drop(address);
    }
  }

  private List<Figure> measure(Scheduler scheduler, OneTimeTask<Void> job)
      throws SQLException, InterruptedException {
    Samples samples = new Samples();
    for (int i = 0; i < sizes.warmUp() + sizes.samples(); i++) {
      long began = System.nanoTime();
      scheduler.schedule(job.instance("sample-" + i), Instant.now());
      done.acquire();
      if (i >= sizes.warmUp()) {
        samples.add(System.nanoTime() - began);
      }
    }
    long log = postgres.writtenLog();
    long began = System.nanoTime();
    scheduleAll(scheduler, job);
    done.acquire(sizes.jobs());
    double seconds = (System.nanoTime() - began) / 1e9;
    String subject = SUBJECT + ", " + sizes.jobs() + " jobs";
    return Stream.concat(
            Stream.of(
                new Figure(subject, "tasks/s", sizes.jobs() / seconds),
                new Figure(
                    subject,
                    "log written per task, bytes",
                    (double) (postgres.writtenLog() - log) / sizes.jobs())),
            samples.figures(SUBJECT + ", idle", "dispatch").stream())
        .toList();
  }

  private void scheduleAll(Scheduler scheduler, OneTimeTask<Void> job) {
    try (ExecutorService clients = Executors.newFixedThreadPool(THREADS)) {
      for (int i = 0; i < sizes.jobs(); i++) {
        String name = "job-" + i;
        clients.execute(() -> scheduler.schedule(job.instance(name), Instant.now()));
      }
    }
  }

  private static HikariDataSource pool(DatabaseAddress address) {
    HikariConfig settings = new HikariConfig();
    settings.setJdbcUrl(address.jdbcUrl());
    settings.setUsername(address.user());
    settings.setPassword(address.password());
    settings.setMaximumPoolSize(2 * THREADS + 4);
    return new HikariDataSource(settings);
  }

  /** The table as its documentation gives it for PostgreSQL. */
  private static void createTable(HikariDataSource source) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create table scheduled_tasks (
            task_name text not null, task_instance text not null, task_data bytea,
            execution_time timestamptz not null, picked boolean not null, picked_by text,
            last_success timestamptz, last_failure timestamptz, consecutive_failures int,
            last_heartbeat timestamptz, version bigint not null, priority smallint, state text,
            primary key (task_name, task_instance));
          create index on scheduled_tasks (execution_time);
          create index on scheduled_tasks (last_heartbeat);
          """);
    }
  }
}
