package dev.capstan.postgres.queue;

import static dev.capstan.postgres.testing.TestRuns.brief;
import static dev.capstan.postgres.testing.TestRuns.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.capstan.control.Capabilities;
import dev.capstan.control.LeasedTask;
import dev.capstan.control.access.Access;
import dev.capstan.control.access.OrganisationId;
import dev.capstan.control.codec.TaskCodec;
import dev.capstan.control.records.Halts;
import dev.capstan.control.records.Halts.Reach;
import dev.capstan.core.ProjectId;
import dev.capstan.postgres.testing.Statements;
import dev.capstan.postgres.testing.TestDatabase;
import dev.capstan.postgres.testing.TestRuns;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is halted as a whole stops, and nothing of it begins, whichever server is asked. */
final class HaltsTest {
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Capabilities ANYTHING =
      new Capabilities(TaskCodec.names(), Set.of("command"), Set.of());
  private static final Reach SHOP = new Reach.Project(new ProjectId("shop"));
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  private TestRuns runs = new TestRuns(database);
  private PostgresTaskQueue queue = open();
  private Access access = new Access.Everything();

  private PostgresTaskQueue open() {
    return PostgresTaskQueue.open(
        database.transactions(), runs.signal(), runs.interventions(), false);
  }

  private PostgresHalts halts() {
    return new PostgresHalts(database.transactions(), runs.interventions(), () -> access);
  }

  private List<LeasedTask> claim() {
    return queue.claim(ANYTHING, 9, 9, LEASE);
  }

  @BeforeEach
  void empty_the_database() {
    Statements.execute(database.transactions(), "truncate project cascade; truncate halt");
    runs = new TestRuns(database);
    queue = open();
    runs.project("shop", 2);
    runs.project("bank", 2);
  }

  @AfterEach
  void end() {
    runs.close();
  }

  @Test
  void what_is_handed_out_is_taken_back_and_handed_out_again_once_it_is_lifted() {
    runs.work(brief("one", "shop", steps("a")));
    LeasedTask task = claim().getFirst();
    long before = queue.interventions();

    halts().begin(SHOP, "on fire", "ann");

    assertThat(queue.interventions()).isGreaterThan(before);
    assertThat(queue.renew(Set.of(task.lease()), LEASE)).isEmpty();
    assertThat(claim()).isEmpty();
    halts().end(SHOP);
    assertThat(claim()).extracting(LeasedTask::task).containsExactly(task.task());
  }

  @Test
  void a_run_that_is_started_meanwhile_waits() {
    halts().begin(new Reach.Everything(), "on fire", "ann");
    runs.start(brief("one", "shop", steps("a")));
    assertThat(claim()).isEmpty();
    assertThat(open().claim(ANYTHING, 9, 9, LEASE)).as("by another server").isEmpty();
    halts().end(new Reach.Everything());
    assertThat(claim()).hasSize(1);
  }

  @Test
  void another_project_goes_on() {
    halts().begin(SHOP, "on fire", "ann");
    runs.work(brief("one", "bank", steps("a")));
    assertThat(claim()).hasSize(1);
  }

  @Test
  void one_halt_is_lifted_and_the_other_still_holds() {
    halts().begin(SHOP, "on fire", "ann");
    halts().begin(new Reach.Organisation(OrganisationId.DEFAULT), "moving", "bob");
    runs.start(brief("one", "shop", steps("a")));
    halts().end(SHOP);
    assertThat(claim()).isEmpty();
    assertThat(halts().over(new ProjectId("shop")))
        .extracting(Halts.Halt::why)
        .containsExactly("moving");
  }

  @Test
  void the_same_halt_twice_is_one() {
    halts().begin(SHOP, "on fire", "ann");
    halts().begin(SHOP, "still on fire", "bob");
    assertThat(halts().list())
        .extracting(Halts.Halt::reach, Halts.Halt::why, Halts.Halt::by)
        .containsExactly(tuple(SHOP, "on fire", "ann"));
    halts().end(SHOP);
    halts().end(SHOP);
    assertThat(halts().list()).isEmpty();
  }

  @Test
  void whoever_is_under_a_halt_sees_it_and_nobody_else() {
    halts().begin(SHOP, "on fire", "ann");
    access = new Access.Only(OrganisationId.DEFAULT, new ProjectId("shop"));
    assertThat(halts().list()).hasSize(1);
    access = new Access.Only(OrganisationId.DEFAULT, new ProjectId("bank"));
    assertThat(halts().list()).isEmpty();
    access = new Access.Within(new OrganisationId("others"));
    assertThat(halts().list()).isEmpty();
    access = new Access.Everything();
    halts().begin(new Reach.Everything(), "moving", "ann");
    access = new Access.Within(new OrganisationId("others"));
    assertThat(halts().list())
        .extracting(Halts.Halt::reach)
        .containsExactly(new Reach.Everything());
  }
}
