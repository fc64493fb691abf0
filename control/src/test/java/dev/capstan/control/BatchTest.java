package dev.capstan.control;

import static dev.capstan.control.Commands.NOW;
import static dev.capstan.control.Commands.PREPARED;
import static dev.capstan.control.Commands.START;
import static dev.capstan.control.Commands.createEndless;
import static dev.capstan.control.Commands.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.control.EventStore.Loaded;
import dev.capstan.control.EventStore.Versioned;
import dev.capstan.control.EventStore.Write;
import dev.capstan.core.RunId;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunCommand;
import dev.capstan.core.run.RunEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BatchTest {
  private static final Lease LEASE = new Lease(1, 100);
  private static final Envelope.Condition HOLDING = new Envelope.Condition.Holding(LEASE);

  private final Batch batch = new Batch(absent("one", "two"), NOW);

  @Test
  void commands_to_one_run_are_folded_in_the_order_they_came() {
    assertThat(batch.handle(Commands.create("one"))).isEqualTo(new Reply.Accepted(1));
    assertThat(batch.handle(to("one", START))).isEqualTo(new Reply.Accepted(2));
    assertThat(batch.handle(to("one", PREPARED))).isEqualTo(new Reply.Accepted(3));

    Write write = onlyWrite();
    assertThat(write.before()).isZero();
    assertThat(write.after()).isInstanceOf(Run.Measuring.class);
    assertThat(write.entries().stream().<Class<?>>map(entry -> entry.event().getClass()))
        .containsExactly(RunEvent.Created.class, RunEvent.Started.class, RunEvent.Prepared.class);
    assertThat(write.entries())
        .allSatisfy(entry -> {
          assertThat(entry.at()).isEqualTo(NOW);
          assertThat(entry.by()).isEqualTo(Commands.ANN);
          assertThat(entry.correlation()).isEqualTo("request-1");
          assertThat(entry.causation()).isEqualTo("test");
        });
  }

  @Test
  void runs_of_one_batch_do_not_mix() {
    batch.handle(Commands.create("one"));
    batch.handle(Commands.create("two"));
    batch.handle(to("two", START));

    assertThat(batch.writes()).extracting(write -> write.entries().size()).containsExactly(1, 2);
  }

  @Test
  void a_run_that_only_refused_is_not_written() {
    assertThat(batch.handle(to("one", START))).isInstanceOf(Reply.Refused.class);

    assertThat(batch.writes()).isEmpty();
  }

  @Test
  void a_refused_report_still_ends_its_task() {
    Batch held = new Batch(new Loaded(absent("one").runs(), Set.of(LEASE)), NOW);

    assertThat(held.handle(to("one", PREPARED, HOLDING))).isInstanceOf(Reply.Refused.class);

    assertThat(held.writes())
        .singleElement()
        .satisfies(write -> {
          assertThat(write.finished()).containsExactly(LEASE);
          assertThat(write.entries()).isEmpty();
        });
  }

  @Test
  void a_report_without_its_lease_changes_nothing() {
    batch.handle(Commands.create("one"));
    batch.handle(to("one", START));

    assertThat(batch.handle(to("one", PREPARED, HOLDING))).isEqualTo(new Reply.LeaseLost());

    assertThat(onlyWrite().entries()).hasSize(2);
    assertThat(onlyWrite().finished()).isEmpty();
  }

  @Test
  void a_lease_is_good_for_one_report() {
    Batch held = new Batch(new Loaded(absent("one").runs(), Set.of(LEASE)), NOW);
    held.handle(Commands.create("one"));
    held.handle(to("one", START));

    assertThat(held.handle(to("one", PREPARED, HOLDING))).isEqualTo(new Reply.Accepted(3));
    assertThat(held.handle(to("one", PREPARED, HOLDING))).isEqualTo(new Reply.LeaseLost());
  }

  @Test
  void a_command_for_another_version_conflicts_also_within_the_batch() {
    batch.handle(Commands.create("one"));

    assertThat(batch.handle(to("one", START, new Envelope.Condition.AtVersion(1))))
        .isEqualTo(new Reply.Accepted(2));
    assertThat(
            batch.handle(
                to("one", new RunCommand.Cancel("no"), new Envelope.Condition.AtVersion(1))))
        .isEqualTo(new Reply.Conflict(1, 2));
  }

  @Test
  void a_command_that_cannot_be_decided_leaves_no_trace() {
    Batch held = new Batch(new Loaded(absent("one").runs(), Set.of(LEASE)), NOW);
    held.handle(createEndless("one"));

    assertThatThrownBy(() -> held.handle(to("one", START, HOLDING)))
        .isInstanceOf(RuntimeException.class);

    assertThat(held.writes())
        .singleElement()
        .satisfies(write -> {
          assertThat(write.after()).isInstanceOf(Run.Pending.class);
          assertThat(write.entries()).hasSize(1);
          assertThat(write.consequences()).isEmpty();
          assertThat(write.finished()).isEmpty();
        });
    assertThat(held.handle(to("one", new RunCommand.Cancel("no"), HOLDING)))
        .isEqualTo(new Reply.Accepted(2));
  }

  private Write onlyWrite() {
    List<Write> writes = batch.writes();
    assertThat(writes).hasSize(1);
    return writes.getFirst();
  }

  private static Loaded absent(String... runs) {
    Map<RunId, Versioned> loaded = new HashMap<>();
    for (String run : runs) {
      loaded.put(new RunId(run), new Versioned(new Run.Absent(), 0));
    }
    return new Loaded(loaded, Set.of());
  }
}
