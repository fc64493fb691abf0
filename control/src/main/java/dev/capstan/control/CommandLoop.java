package dev.capstan.control;

import dev.capstan.control.EventStore.Loaded;
import dev.capstan.control.EventStore.Write;
import dev.capstan.core.RunId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles commands in batches: while one batch is made durable the next one gathers, so a busy
 * server commits large batches and an idle one answers at once.
 *
 * <p>Safe for use by many threads. Commands to one run are handled in the order they came.
 */
public final class CommandLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CommandLoop.class);
  private static final int LARGEST_BATCH = 256;
  private static final Pending END = new Pending(null, new CompletableFuture<>());

  private final EventStore store;
  private final InstantSource clock;
  private final BatchListener listener;
  private final List<BlockingQueue<Pending>> queues = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private boolean closed;

  private record Pending(@Nullable Envelope envelope, CompletableFuture<Reply> reply) {
    Envelope command() {
      return Objects.requireNonNull(envelope);
    }
  }

  /** What becomes of a command's future once the batch is durable. */
  private interface Answer {
    void give(CompletableFuture<Reply> future);
  }

  /** Starts as many threads as batches may be under way at once. */
  public CommandLoop(EventStore store, InstantSource clock, int parallel) {
    this(store, clock, parallel, (_, _, _) -> {});
  }

  /** One of which somebody is told. */
  public CommandLoop(EventStore store, InstantSource clock, int parallel, BatchListener listener) {
    this.store = store;
    this.clock = clock;
    this.listener = listener;
    for (int i = 0; i < parallel; i++) {
      BlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
      queues.add(queue);
      threads.add(Thread.ofVirtual().name("commands-" + i).start(() -> work(queue)));
    }
  }

  /**
   * Queues a command. The reply comes once it is durable; it comes exceptionally if the store is
   * out of reach, and then nothing is known of the command's fate, so ask again with the same
   * content.
   */
  public CompletableFuture<Reply> submit(Envelope envelope) {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    if (!queued(new Pending(envelope, reply))) {
      reply.completeExceptionally(new IllegalStateException("the server is shutting down"));
    }
    return reply;
  }

  /** Under a lock, so that nothing is queued behind the end. */
  private synchronized boolean queued(Pending pending) {
    int queue = Math.floorMod(pending.command().run().hashCode(), queues.size());
    return !closed && queues.get(queue).add(pending);
  }

  private synchronized void queueEnd() {
    closed = true;
    queues.forEach(queue -> queue.add(END));
  }

  /** Submits and waits. */
  public Reply handle(Envelope envelope) {
    return submit(envelope).join();
  }

  private void work(BlockingQueue<Pending> queue) {
    try {
      while (true) {
        List<Pending> batch = new ArrayList<>();
        batch.add(queue.take());
        queue.drainTo(batch, LARGEST_BATCH - 1);
        boolean last = batch.remove(END);
        handle(batch);
        if (last) {
          return;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void handle(List<Pending> batch) {
    if (batch.isEmpty()) {
      return;
    }
    Set<RunId> runs =
        batch.stream().map(p -> p.command().run()).collect(Collectors.toCollection(TreeSet::new));
    Set<Lease> leases =
        batch.stream()
            .flatMap(p -> Batch.leaseOf(p.command()).stream())
            .collect(Collectors.toSet());
    List<Envelope> envelopes = batch.stream().map(Pending::command).toList();
    List<Answer> answers = new ArrayList<>();
    long began = System.nanoTime();
    try {
      store.transact(runs, leases, loaded -> decide(loaded, envelopes, answers));
    } catch (RuntimeException | Error outage) {
      LOG.error("a batch of {} commands was not stored", batch.size(), outage);
      listener.handled(envelopes, Duration.ofNanos(System.nanoTime() - began), false);
      batch.forEach(p -> p.reply().completeExceptionally(outage));
      return;
    }
    listener.handled(envelopes, Duration.ofNanos(System.nanoTime() - began), true);
    for (int i = 0; i < batch.size(); i++) {
      answers.get(i).give(batch.get(i).reply());
    }
  }

  private List<Write> decide(Loaded loaded, List<Envelope> envelopes, List<Answer> answers) {
    answers.clear();
    Batch batch = new Batch(loaded, clock.instant());
    for (Envelope envelope : envelopes) {
      answers.add(answer(batch, envelope));
    }
    return batch.writes();
  }

  /** A command that cannot be decided is a bug; the others of its batch do not suffer for it. */
  private static Answer answer(Batch batch, Envelope envelope) {
    try {
      Reply reply = batch.handle(envelope);
      return future -> future.complete(reply);
    } catch (RuntimeException bug) {
      LOG.error("run {}: {} was not decided", envelope.run(), envelope.command(), bug);
      return future -> future.completeExceptionally(bug);
    }
  }

  /** Lets what was submitted finish, then ends. */
  @Override
  public void close() {
    queueEnd();
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
