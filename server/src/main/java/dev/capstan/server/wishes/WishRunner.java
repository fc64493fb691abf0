package dev.capstan.server.wishes;

import dev.capstan.api.CreateRun;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.PlanGoal;
import dev.capstan.api.PlannedGoal;
import dev.capstan.control.RunService.Request;
import dev.capstan.control.records.Wishes;
import dev.capstan.control.records.Wishes.State;
import dev.capstan.control.records.Wishes.Wish;
import dev.capstan.core.Actor;
import dev.capstan.server.auth.Caller;
import dev.capstan.server.auth.Callers;
import dev.capstan.server.rest.ApiException;
import dev.capstan.server.rest.GoalPlanner;
import dev.capstan.server.rest.RunStart;
import dev.capstan.worker.tracing.Traceparent;
import dev.capstan.worker.tracing.Tracing;
import dev.capstan.workspace.git.GitFailure;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes runs of what was asked for: plans each, creates and starts it, and says what became of it.
 * One that fails hinders no other. After a crash whatever was not settled is taken up again; a run
 * has the id that its wish says, so it is created once.
 */
public final class WishRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WishRunner.class);
  private static final int AT_ONCE = 3;
  private static final int MOST_TRIES = 3;
  private static final Duration HOLD = Duration.ofMinutes(10);
  private static final Duration FIRST_DELAY = Duration.ofSeconds(2);
  private static final long LOOK_MILLIS = 500;

  private final Wishes wishes;
  private final GoalPlanner planner;
  private final RunStart runs;
  private final Callers callers;
  private final Tracing tracing;
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final Semaphore news = new Semaphore(0);
  private final ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread claimer;
  private volatile boolean closed;

  /** Begins at once. */
  public WishRunner(
      Wishes wishes, GoalPlanner planner, RunStart runs, Callers callers, Tracing tracing) {
    this.callers = callers;
    this.tracing = tracing;
    this.wishes = wishes;
    this.planner = planner;
    this.runs = runs;
    this.claimer = Thread.ofVirtual().name("wishes").start(this::work);
  }

  private void work() {
    while (!closed) {
      try {
        List<Wish> claimed = wishes.claim(Math.max(1, free.availablePermits()), HOLD);
        for (Wish wish : claimed) {
          free.acquire();
          tasks.execute(() -> perform(wish));
        }
        if (claimed.isEmpty() && news.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          news.drainPermits();
        }
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException outage) {
        LOG.warn("runs that were asked for wait for the store: {}", outage.getMessage());
        pause();
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException _) {
      closed = true;
    }
  }

  /** Each in a trace of its own, in which its run stands from then on. */
  private void perform(Wish wish) {
    Span span = tracing.beginning("wish");
    span.setAttribute("capstan.run", wish.run().value());
    span.setAttribute("capstan.origin", wish.origin());
    try (Scope _ = span.makeCurrent()) {
      callers.as(
          Caller.capstan(wish.organisation()),
          () -> {
            fulfil(wish);
            return wish;
          });
    } catch (ApiException | IllegalArgumentException wrong) {
      wishes.settle(wish.run(), State.REFUSED, String.valueOf(wrong.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (Exception failure) {
      failed(wish, failure);
    } finally {
      span.end();
      free.release();
      news.release();
    }
  }

  private void fulfil(Wish wish) throws InterruptedException {
    String id = wish.run().value();
    Request request = new Request(new Actor(wish.origin()), id, id, 0, Traceparent.current());
    if (runs.exists(wish.run())) {
      runs.start(wish.run(), request);
      created(wish, "", request);
      return;
    }
    WishBody body = WishBody.read(wish.body());
    PlanDocument plan = body.plan();
    String left = "";
    if (plan.steps().isEmpty()) {
      PlannedGoal planned =
          planner.plan(PlanGoal.of("", body.source(), body.base(), body.goal(), body.tasks()));
      plan = planned.plan();
      left = String.join("; ", planned.notes());
    }
    if (plan.steps().isEmpty()) {
      wishes.settle(wish.run(), State.IDLE, left);
      return;
    }
    runs.create(
        new CreateRun(
            wish.run().value(),
            body.source(),
            "",
            body.goal(),
            body.base(),
            plan,
            body.approvePlan(),
            0,
            true),
        request);
    created(wish, left, request);
  }

  /**
   * It may have been held back or withdrawn while it was planned. Whether its campaign is paused or
   * halted, a run that is halted goes on with either's end; it has done nothing that were lost.
   */
  private void created(Wish wish, String left, Request request) {
    if (wishes.isHeld(wish.run())) {
      runs.halt(wish.run(), "the campaign is held", request);
    }
    if (!wishes.settle(wish.run(), State.CREATED, left)) {
      runs.cancel(wish.run(), "nobody wants it any more", request);
    }
  }

  /** An outage may pass; what fails three times is told. */
  private void failed(Wish wish, Exception failure) {
    String message = String.valueOf(failure.getMessage());
    boolean hopeless = failure instanceof GitFailure git && !git.recoverable();
    if (hopeless || wish.tries() + 1 >= MOST_TRIES) {
      wishes.settle(wish.run(), State.REFUSED, message);
    } else {
      LOG.info("{} is tried again: {}", wish.run(), message);
      wishes.postpone(wish.run(), FIRST_DELAY.multipliedBy(1L << wish.tries()), message);
    }
  }

  @Override
  public void close() {
    closed = true;
    claimer.interrupt();
    tasks.shutdownNow();
    try {
      claimer.join();
      if (!tasks.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.warn("runs that were asked for are still being planned");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
