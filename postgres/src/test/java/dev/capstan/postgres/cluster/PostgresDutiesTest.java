package dev.capstan.postgres.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.capstan.control.cluster.Duties.Done;
import dev.capstan.control.cluster.Duty;
import dev.capstan.postgres.database.Database;
import dev.capstan.postgres.records.PostgresDutyRecords;
import dev.capstan.postgres.testing.Statements;
import dev.capstan.postgres.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PostgresDutiesTest {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final PostgresDutyRecords records = new PostgresDutyRecords(database.transactions());

  @BeforeEach
  void empty_the_database() {
    Statements.execute(database.transactions(), "truncate duty, scheduled_duty");
  }

  private static Duty duty(Duty.Work work) {
    return new Duty("sweep", "sweep the floor", SECOND, work);
  }

  @Test
  void a_duty_is_done_by_one_server_at_a_time() {
    AtomicInteger sideBySide = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    Duty.Work work =
        () -> {
          most.accumulateAndGet(sideBySide.incrementAndGet(), Math::max);
          done.incrementAndGet();
          sideBySide.decrementAndGet();
          return "swept";
        };
    try (Database open = Database.open(database.address(), 8);
        PostgresDuties _ = PostgresDuties.start(open, "left", List.of(duty(work)));
        PostgresDuties _ = PostgresDuties.start(open, "right", List.of(duty(work)))) {
      await().atMost(PATIENCE).until(() -> done.get() >= 3);
    }
    assertThat(most).hasValue(1);
    Done last = records.list().getFirst();
    assertThat(last.name()).isEqualTo("sweep");
    assertThat(last.about()).isEqualTo("sweep the floor");
    assertThat(last.server()).isIn("left", "right");
    assertThat(last.nextAt()).isPresent();
  }

  @Test
  void what_a_dead_server_was_doing_is_done_by_another() {
    try (Database open = Database.open(database.address(), 8)) {
      try (PostgresDuties _ =
          PostgresDuties.start(open, "survivor", List.of(duty(() -> "swept")))) {
        await().atMost(PATIENCE).until(() -> !records.list().isEmpty());
      }
      Statements.execute(
          database.transactions(),
          """
          update scheduled_duty set picked = true, picked_by = 'dead', execution_time = now() - interval '1 hour',
            last_heartbeat = now() - interval '6 seconds';
          update duty set server_id = 'dead', ended_at = null
          """);

      try (PostgresDuties _ =
          PostgresDuties.start(open, "survivor", List.of(duty(() -> "swept anew")))) {
        await()
            .atMost(PATIENCE)
            .until(() -> records.list().getFirst().outcome().equals("swept anew"));
      }
    }
    assertThat(records.list().getFirst().server()).isEqualTo("survivor");
    assertThat(records.list().getFirst().endedAt()).isPresent();
  }

  @Test
  void a_duty_that_fails_says_why_and_is_done_again() {
    AtomicInteger tries = new AtomicInteger();
    Duty.Work work =
        () -> {
          if (tries.incrementAndGet() == 1) {
            throw new IllegalStateException("no broom");
          }
          return "swept";
        };
    try (Database open = Database.open(database.address(), 8);
        PostgresDuties _ = PostgresDuties.start(open, "left", List.of(duty(work)))) {
      await()
          .atMost(PATIENCE)
          .until(() -> records.list().stream().anyMatch(one -> one.outcome().equals("no broom")));
      assertThat(records.list().getFirst().failed()).isTrue();
      await().atMost(PATIENCE).until(() -> records.list().getFirst().outcome().equals("swept"));
      assertThat(records.list().getFirst().failed()).isFalse();
    }
  }
}
