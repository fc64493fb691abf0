package dev.capstan.worker;

import dev.capstan.control.CommandLoop;
import dev.capstan.control.Envelope;
import dev.capstan.control.Lease;
import dev.capstan.control.LeasedTask;
import dev.capstan.control.Reply;
import dev.capstan.control.TaskQueue;
import dev.capstan.core.Actor;
import dev.capstan.core.run.RunCommand;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leases tasks, does them side by side, and reports. A task whose lease is lost is stopped and its
 * result thrown away; a result that could not be reported is repeated until it is answered.
 */
public final class Worker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration RENEWAL = Duration.ofSeconds(5);
  private static final Duration RENEWAL_IDLE = Duration.ofMillis(250);

  private final TaskQueue queue;
  private final CommandLoop loop;
  private final Performer performer;
  private final Limits limits;
  private final Actor self;
  private final Map<Lease, Thread> underWay = new ConcurrentHashMap<>();
  private final Thread claimer;
  private volatile boolean closed;

  /**
   * How much a worker takes on.
   *
   * @param tasks side by side
   * @param executions engines' work, over all workers of the installation
   */
  public record Limits(int tasks, int executions) {
    public static final Limits DEFAULT = new Limits(8, 5);
  }

  /** Starts at once. */
  public Worker(TaskQueue queue, CommandLoop loop, Performer performer, Limits limits, Actor self) {
    this.queue = queue;
    this.loop = loop;
    this.performer = performer;
    this.limits = limits;
    this.self = self;
    this.claimer = Thread.ofPlatform().name("worker").start(this::work);
  }

  private void work() {
    long renewed = System.nanoTime();
    while (!closed) {
      try {
        int claimed = claim();
        Duration renewal = claimed == 0 ? RENEWAL_IDLE : RENEWAL;
        if (System.nanoTime() - renewed > renewal.toNanos()) {
          stopLost();
          renewed = System.nanoTime();
        }
        if (claimed == 0) {
          queue.awaitWork(LOOK);
        }
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException outage) {
        LOG.warn("the worker cannot reach the queue, it goes on trying: {}", outage.getMessage());
        pause();
      }
    }
  }

  private int claim() {
    int room = limits.tasks() - underWay.size();
    if (room <= 0) {
      return 0;
    }
    List<LeasedTask> tasks = queue.claim(room, limits.executions(), LEASE);
    for (LeasedTask task : tasks) {
      Thread thread =
          Thread.ofVirtual()
              .name(task.run() + "/" + task.task().key())
              .unstarted(() -> perform(task));
      underWay.put(task.lease(), thread);
      thread.start();
    }
    return tasks.size();
  }

  /** Renews every lease; what is no longer held was withdrawn or given to another. */
  private void stopLost() {
    Set<Lease> mine = new HashSet<>(underWay.keySet());
    if (mine.isEmpty()) {
      return;
    }
    Set<Lease> held = queue.renew(mine, LEASE);
    mine.removeAll(held);
    for (Lease lost : mine) {
      Thread thread = underWay.get(lost);
      if (thread != null) {
        thread.interrupt();
      }
    }
  }

  private void perform(LeasedTask task) {
    try {
      Optional<RunCommand> report = performer.perform(task);
      if (report.isPresent()) {
        report(task, report.get());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failure) {
      LOG.error("task {} of run {} ended without a report", task.task().key(), task.run(), failure);
    } finally {
      underWay.remove(task.lease());
    }
  }

  private void report(LeasedTask task, RunCommand command) throws InterruptedException {
    Envelope envelope =
        new Envelope(
            task.run(),
            command,
            self,
            task.correlation(),
            "task " + task.task().key(),
            new Envelope.Condition.Holding(task.lease()));
    while (true) {
      try {
        Reply reply = loop.handle(envelope);
        if (!(reply instanceof Reply.Accepted)) {
          LOG.info(
              "the report of task {} of run {} was not accepted: {}",
              task.task().key(),
              task.run(),
              reply);
        }
        return;
      } catch (RuntimeException outage) {
        if (closed) {
          return;
        }
        LOG.warn("a report waits for the store: {}", outage.getMessage());
        Thread.sleep(LOOK);
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops what is under way and gives it back, to be done by the next worker. */
  @Override
  public void close() {
    closed = true;
    claimer.interrupt();
    try {
      claimer.join();
      Set<Lease> undone = new HashSet<>(underWay.keySet());
      List<Thread> threads = List.copyOf(underWay.values());
      threads.forEach(Thread::interrupt);
      for (Thread thread : threads) {
        thread.join();
      }
      if (!undone.isEmpty()) {
        queue.giveBack(undone);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException outage) {
      LOG.warn("leases were not given back, they end by themselves: {}", outage.getMessage());
    }
  }
}
