package dev.capstan.control;

import static dev.capstan.control.Commands.NOW;
import static dev.capstan.control.Commands.START;
import static dev.capstan.control.Commands.createEndless;
import static dev.capstan.control.Commands.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.capstan.core.RunId;
import dev.capstan.core.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CommandLoopTest {
  private final MemoryEventStore store = new MemoryEventStore();
  private final CommandLoop loop = new CommandLoop(store, () -> NOW, 1);

  @AfterEach
  void end() {
    store.letGo();
    loop.close();
  }

  @Test
  void a_reply_comes_after_it_is_durable_and_not_before() throws Exception {
    store.park();
    CompletableFuture<Reply> reply = loop.submit(Commands.create("one"));
    store.awaitParked();

    assertThat(reply).isNotDone();

    store.letGo();
    assertThat(reply.get(10, TimeUnit.SECONDS)).isEqualTo(new Reply.Accepted(1));
    assertThat(store.run(new RunId("one")).version()).isEqualTo(1);
  }

  @Test
  void what_comes_while_a_batch_is_made_durable_is_the_next_batch() throws Exception {
    List<CompletableFuture<Reply>> replies =
        gather(Commands.create("one"), Commands.create("two"), to("one", START));

    store.letGo();

    for (CompletableFuture<Reply> reply : replies) {
      assertThat(reply.get(10, TimeUnit.SECONDS)).isInstanceOf(Reply.Accepted.class);
    }
    assertThat(store.transactions()).isEqualTo(2);
    assertThat(store.last()).hasSize(2);
  }

  @Test
  void a_transaction_that_is_repeated_answers_once_and_stores_once() throws Exception {
    store.repeat();
    List<CompletableFuture<Reply>> replies = gather(Commands.create("one"), to("one", START));

    store.letGo();

    assertThat(replies.getLast().get(10, TimeUnit.SECONDS)).isEqualTo(new Reply.Accepted(2));
    assertThat(store.last()).singleElement().satisfies(w -> assertThat(w.entries()).hasSize(2));
  }

  @Test
  void a_command_that_cannot_be_decided_does_not_sink_its_batch() throws Exception {
    List<CompletableFuture<Reply>> replies =
        gather(Commands.create("one"), createEndless("two"), to("two", START), to("one", START));

    store.letGo();

    assertThat(replies.get(0).get(10, TimeUnit.SECONDS)).isEqualTo(new Reply.Accepted(1));
    assertThat(replies.get(1).get(10, TimeUnit.SECONDS)).isEqualTo(new Reply.Accepted(1));
    assertThat(replies.get(3).get(10, TimeUnit.SECONDS)).isEqualTo(new Reply.Accepted(2));
    assertThatThrownBy(() -> replies.get(2).get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseInstanceOf(RuntimeException.class);
    assertThat(store.run(new RunId("one")).run()).isInstanceOf(Run.Preparing.class);
    assertThat(store.run(new RunId("two")).run()).isInstanceOf(Run.Pending.class);
  }

  @Test
  void a_store_that_throws_answers_everybody_and_the_loop_goes_on() throws Exception {
    List<CompletableFuture<Reply>> replies = gather(Commands.create("one"), Commands.create("two"));
    store.fail(true);

    store.letGo();

    for (CompletableFuture<Reply> reply : replies) {
      assertThatThrownBy(() -> reply.get(10, TimeUnit.SECONDS))
          .hasMessageContaining("out of reach");
    }
    store.fail(false);
    assertThat(loop.handle(Commands.create("one"))).isEqualTo(new Reply.Accepted(1));
  }

  @Test
  void closing_lets_what_was_submitted_finish() throws Exception {
    List<CompletableFuture<Reply>> replies = gather(Commands.create("one"), Commands.create("two"));
    Thread closing = Thread.ofVirtual().start(loop::close);
    await().until(() -> loop.submit(Commands.create("late")).isCompletedExceptionally());

    store.letGo();
    closing.join();

    for (CompletableFuture<Reply> reply : replies) {
      assertThat(reply).isCompletedWithValue(new Reply.Accepted(1));
    }
  }

  @Test
  void a_command_after_the_close_is_answered_too() {
    loop.close();

    assertThatThrownBy(() -> loop.handle(Commands.create("one")))
        .hasMessageContaining("shutting down");
  }

  @Test
  void every_command_is_answered_however_it_races_with_the_close() throws Exception {
    List<CompletableFuture<Reply>> replies = new ArrayList<>();
    Thread closing = Thread.ofVirtual().unstarted(loop::close);
    for (int i = 0; i < 2_000; i++) {
      if (i == 500) {
        closing.start();
      }
      replies.add(loop.submit(Commands.create("run-" + i)));
    }
    closing.join();

    await()
        .untilAsserted(() -> assertThat(replies).allSatisfy(reply -> assertThat(reply).isDone()));
  }

  /** Submits commands while another's transaction is parked, so that they make one batch. */
  private List<CompletableFuture<Reply>> gather(Envelope... envelopes) throws InterruptedException {
    store.park();
    CompletableFuture<Reply> unused = loop.submit(Commands.create("first"));
    store.awaitParked();
    List<CompletableFuture<Reply>> replies = new ArrayList<>();
    for (Envelope envelope : envelopes) {
      replies.add(loop.submit(envelope));
    }
    assertThat(unused).isNotDone();
    return replies;
  }
}
