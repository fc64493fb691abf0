package dev.capstan.server.rest;

import dev.capstan.control.records.ActivityLog;
import dev.capstan.control.records.RunQueries;
import dev.capstan.control.records.RunQueries.Recorded;
import dev.capstan.core.RunId;
import dev.capstan.server.auth.Caller;
import dev.capstan.server.auth.LiveTokens;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Live streams of runs. The id of each message is where to go on from: {@code event:position} of
 * what was sent last, so that nothing is skipped or sent twice after a break.
 */
public final class RunStreams {
  private static final Logger LOG = LoggerFactory.getLogger(RunStreams.class);
  private static final int PAGE = 500;
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private final RunQueries queries;
  private final ActivityLog activity;
  private final LiveTokens tokens;

  public RunStreams(RunQueries queries, ActivityLog activity, LiveTokens tokens) {
    this.tokens = tokens;
    this.queries = queries;
    this.activity = activity;
  }

  /**
   * Starts a stream; {@code lines} is -1 for none. It ends when the client goes, or when the
   * caller's token is good no more.
   */
  SseEmitter open(RunId run, long afterVersion, long lines, Caller caller) {
    SseEmitter emitter = new SseEmitter(0L);
    Follower follower = new Follower(run, emitter, afterVersion, lines);
    Thread thread =
        Thread.ofVirtual().name("stream-" + run).start(() -> follow(follower, caller, emitter));
    emitter.onCompletion(thread::interrupt);
    emitter.onError(_ -> thread.interrupt());
    return emitter;
  }

  private void follow(Follower follower, Caller caller, SseEmitter emitter) {
    LiveTokens.Stream watch = tokens.watch(caller);
    try (watch) {
      follower.follow();
    }
    if (watch.hasEnded()) {
      emitter.complete();
    }
  }

  private final class Follower {
    private final RunId run;
    private final SseEmitter emitter;
    private long version;
    private long position;

    Follower(RunId run, SseEmitter emitter, long version, long position) {
      this.run = run;
      this.emitter = emitter;
      this.version = version;
      this.position = position;
    }

    void follow() {
      try {
        while (true) {
          long seen = queries.changeCount();
          boolean events = sendEvents();
          boolean printed = sendLines();
          if (!events && !printed) {
            queries.awaitChange(seen, HEARTBEAT);
            emitter.send(SseEmitter.event().comment("alive"));
          }
        }
      } catch (IOException | IllegalStateException _) {
        // the client is gone, and the container ends what it opened for it
        LOG.debug("the stream of run {} ended", run);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException failure) {
        LOG.warn("the stream of run {} broke", run, failure);
        end(failure);
      }
    }

    private void end(RuntimeException failure) {
      try {
        emitter.completeWithError(failure);
      } catch (IllegalStateException gone) {
        LOG.debug("the client of run {} was gone before", run, gone);
      }
    }

    private boolean sendEvents() throws IOException {
      List<Recorded> events = queries.events(run, version, PAGE);
      for (Recorded event : events) {
        version = event.version();
        emitter.send(SseEmitter.event().name("event").id(id()).data(EventViews.view(event)));
      }
      return !events.isEmpty();
    }

    private boolean sendLines() throws IOException {
      if (position < 0) {
        return false;
      }
      List<ActivityLog.Placed> lines = activity.read(run, position, PAGE);
      for (ActivityLog.Placed line : lines) {
        position = line.position();
        emitter.send(SseEmitter.event().name("line").id(id()).data(EventViews.view(line)));
      }
      return !lines.isEmpty();
    }

    private String id() {
      return version + ":" + position;
    }
  }
}
