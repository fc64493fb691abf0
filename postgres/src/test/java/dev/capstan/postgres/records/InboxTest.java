package dev.capstan.postgres.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.control.access.Access;
import dev.capstan.control.access.OrganisationId;
import dev.capstan.control.records.Inbox;
import dev.capstan.control.records.Inbox.Message;
import dev.capstan.control.records.Outbox.Intended;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.postgres.testing.Statements;
import dev.capstan.postgres.testing.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was said is kept once, and until somebody was told. */
final class InboxTest {
  private static final Access ALL = new Access.Everything();
  private static final Access ONE =
      new Access.Only(new OrganisationId("other"), new ProjectId("shop"));

  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  private static final Duration HOLD = Duration.ofMinutes(5);

  private final Inbox inbox = new PostgresInbox(database.transactions());

  @BeforeEach
  void empty_the_database() {
    Statements.execute(database.transactions(), "truncate inbox, outbox");
  }

  @Test
  void neither_an_id_nor_a_body_is_taken_in_twice() {
    assertThat(inbox.take(ALL, "github/1", "digest-1", "ci.v1", "{}")).isTrue();
    assertThat(inbox.take(ALL, "github/1", "digest-2", "ci.v1", "{}")).isFalse();
    assertThat(inbox.take(ALL, "github/2", "digest-1", "ci.v1", "{}")).isFalse();
    assertThat(inbox.claim(10, HOLD))
        .containsExactly(new Message("github/1", ALL, "ci.v1", "{}", 0));

    inbox.done("github/1", "told");
    assertThat(inbox.take(ALL, "github/1", "digest-1", "ci.v1", "{}")).isFalse();
  }

  @Test
  void a_message_is_held_by_one_asker_until_its_time_is_over() {
    inbox.take(ALL, "a/1", "1", "ci.v1", "{}");
    inbox.take(ALL, "a/2", "2", "ci.v1", "{}");

    assertThat(inbox.claim(1, HOLD)).hasSize(1);
    assertThat(inbox.claim(10, Duration.ZERO)).hasSize(1);
    assertThat(inbox.claim(10, HOLD)).hasSize(1);
    assertThat(inbox.claim(10, HOLD)).isEmpty();
  }

  @Test
  void what_could_not_be_told_waits_and_what_is_settled_does_not_come_back() {
    inbox.take(ALL, "a/1", "1", "ci.v1", "{}");
    inbox.postpone("a/1", Duration.ZERO, "too early");
    assertThat(inbox.claim(10, Duration.ZERO)).extracting(Message::tries).containsExactly(1);
    inbox.postpone("a/1", HOLD, "too early");
    assertThat(inbox.claim(10, HOLD)).isEmpty();

    inbox.take(ALL, "a/2", "2", "ci.v1", "{}");
    inbox.done("a/2", "told");
    inbox.postpone("a/2", Duration.ZERO, "too late");
    assertThat(inbox.claim(10, HOLD)).isEmpty();
  }

  @Test
  void a_branch_leads_to_the_runs_that_push_it_or_open_pull_requests_for_it() {
    PostgresOutbox outbox = new PostgresOutbox(database.transactions());
    RunId run = new RunId("run-1");
    outbox.intend(new Intended("run-1/pull-request", run, "pull-request", "capstan/a-run-1"));
    outbox.intend(new Intended("run-1/push", run, "push", "capstan/b-run-1 " + "0".repeat(40)));

    assertThat(inbox.deliverersOf(ALL, "capstan/a-run-1")).containsExactly(run);
    assertThat(inbox.deliverersOf(ALL, "capstan/b-run-1")).containsExactly(run);
    assertThat(inbox.deliverersOf(ONE, "capstan/b-run-1")).as("of no project of theirs").isEmpty();
    assertThat(inbox.deliverersOf(ALL, "capstan/c-run-1")).isEmpty();
  }
}
