package dev.capstan.postgres.cluster;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import dev.capstan.control.cluster.Duty;
import dev.capstan.postgres.database.Database;
import dev.capstan.postgres.database.Transactions;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the duties of an installation together with its other servers: each duty is done by one of
 * them at a time, and by another if that one dies in the middle. Who does it is db-scheduler's
 * decision, on its table.
 */
public final class PostgresDuties implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresDuties.class);

  /** A server that missed four of them is dead, so another takes over within ten seconds. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  private static final int MISSED = 4;
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration END = Duration.ofSeconds(5);
  private static final int SIDE_BY_SIDE = 3;

  private final Transactions transactions;
  private final String server;
  private final Scheduler scheduler;

  private PostgresDuties(Database database, String server, List<Duty> duties) {
    this.transactions = database.transactions();
    this.server = server;
    this.scheduler =
        Scheduler.create(database.dataSource())
            .startTasks(duties.stream().map(this::task).toList())
            .tableName("scheduled_duty")
            .schedulerName(new SchedulerName.Fixed(server))
            .clock(new DatabaseClock(transactions))
            .threads(SIDE_BY_SIDE)
            .pollingInterval(POLL)
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED)
            .shutdownMaxWait(END)
            .build();
  }

  /** Begins at once; {@code server} is this one's id. */
  public static PostgresDuties start(Database database, String server, List<Duty> duties) {
    PostgresDuties started = new PostgresDuties(database, server, duties);
    started.scheduler.start();
    return started;
  }

  private RecurringTask<Void> task(Duty duty) {
    return Tasks.recurring(duty.name(), new Every(duty.every())).execute((_, _) -> perform(duty));
  }

  /** The first time is not before all the time between two has passed. */
  private record Every(Duration pause) implements Schedule {
    @Override
    public Instant getInitialExecutionTime(Instant now) {
      return now.plus(pause);
    }

    @Override
    public Instant getNextExecutionTime(ExecutionComplete last) {
      return last.getTimeDone().plus(pause);
    }

    @Override
    public boolean isDeterministic() {
      return false;
    }
  }

  private void perform(Duty duty) {
    begin(duty);
    try {
      end(duty, duty.work().perform(), false);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failure) {
      LOG.warn("the duty {} failed: {}", duty.name(), failure.getMessage());
      end(duty, String.valueOf(failure.getMessage()), true);
    }
  }

  private void begin(Duty duty) {
    update(
        """
        insert into duty (name, about, every_seconds, server_id, begun_at) values (?, ?, ?, ?, clock_timestamp())
        on conflict (name) do update set about = excluded.about, every_seconds = excluded.every_seconds,
          server_id = excluded.server_id, begun_at = excluded.begun_at, ended_at = null
        """,
        duty.name(),
        duty.about(),
        duty.every().toSeconds(),
        server);
  }

  private void end(Duty duty, String outcome, boolean failed) {
    update(
        """
        update duty set ended_at = clock_timestamp(), failed = ?, outcome = ?
        where name = ? and server_id = ?
        """,
        failed,
        outcome,
        duty.name(),
        server);
  }

  private void update(String sql, Object... values) {
    transactions.inTransaction(connection -> {
      try (PreparedStatement update = connection.prepareStatement(sql)) {
        for (int i = 0; i < values.length; i++) {
          update.setObject(i + 1, values[i]);
        }
        return update.executeUpdate();
      }
    });
  }

  /** What is being done is interrupted; another server, or the next start, does it then. */
  @Override
  public void close() {
    scheduler.stop();
  }
}
