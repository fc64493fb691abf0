package dev.capstan.cli.view;

import dev.capstan.api.EventView;
import dev.capstan.api.RunView;
import dev.capstan.cli.session.Client;
import dev.capstan.cli.session.EventStream;
import dev.capstan.cli.session.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Follows a run until it is over or needs a person: live lines on a terminal, else one line for
 * each event.
 */
public final class Follower {
  private static final long REDRAW_MILLIS = 200;

  private final Terminal terminal;
  private final RunText text;
  private long version;

  public Follower(Terminal terminal) {
    this.terminal = terminal;
    this.text = new RunText(terminal, "");
  }

  /**
   * Blocks until the run rests. It may be called again with another client after the connection was
   * lost; nothing is told twice.
   */
  public RunView follow(Client client, String run) {
    try (EventStream stream = client.stream(run, version, -1)) {
      return terminal.isLive() ? live(client, stream, run) : plain(client, stream, run);
    }
  }

  private RunView plain(Client client, EventStream stream, String run) {
    RunView view = client.run(run);
    while (!rests(view) || version < view.version()) {
      Optional<EventStream.Message> message = stream.next();
      if (message.isEmpty()) {
        return client.run(run);
      }
      EventView event = Json.MAPPER.readValue(message.get().data(), EventView.class);
      version = event.version();
      terminal.line(
          terminal.faint(event.at().toString().substring(11, 19))
              + "  "
              + Terminal.visible(event.summary()));
      if (version >= view.version()) {
        view = client.run(run);
      }
    }
    return view;
  }

  /** One thread listens and looks, this one draws, so that times go on while nothing happens. */
  private RunView live(Client client, EventStream stream, String run) {
    LiveBlock block = new LiveBlock(terminal);
    Latest latest = new Latest(client.run(run));
    Thread listener = Thread.ofVirtual().start(() -> listen(client, stream, run, latest));
    while (!rests(latest.view()) && listener.isAlive()) {
      block.draw(text.lines(latest.view(), Instant.now()));
      latest.await(REDRAW_MILLIS);
    }
    block.draw(text.lines(latest.view(), Instant.now()));
    latest.rethrow();
    return latest.view();
  }

  private void listen(Client client, EventStream stream, String run, Latest latest) {
    try {
      while (!rests(latest.view()) && stream.next().isPresent()) {
        latest.set(client.run(run));
      }
    } catch (RuntimeException failure) {
      latest.fail(failure);
    }
  }

  /** True if the run does nothing more by itself. */
  public static boolean rests(RunView run) {
    return switch (run.status()) {
      case "completed", "failed", "cancelled", "blocked", "planned", "paused" -> true;
      default -> false;
    };
  }

  /** What is known of the run, handed from the thread that listens to the one that draws. */
  private static final class Latest {
    private final Semaphore news = new Semaphore(0);
    private final AtomicReference<RunView> view;
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    Latest(RunView view) {
      this.view = new AtomicReference<>(view);
    }

    RunView view() {
      return view.get();
    }

    void set(RunView newer) {
      view.set(newer);
      news.release();
    }

    void fail(RuntimeException why) {
      failure.set(why);
      news.release();
    }

    void await(long millis) {
      try {
        news.tryAcquire(millis, TimeUnit.MILLISECONDS);
        news.drainPermits();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    void rethrow() {
      RuntimeException why = failure.get();
      if (why != null) {
        throw why;
      }
    }
  }
}
