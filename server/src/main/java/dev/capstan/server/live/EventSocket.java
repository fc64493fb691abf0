package dev.capstan.server.live;

import dev.capstan.server.auth.LiveTokens;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCode;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client over WebSocket. What it says is passed over. */
final class EventSocket extends Endpoint {
  private static final Logger LOG = LoggerFactory.getLogger(EventSocket.class);

  /** How long a write may wait for a client that does not read. */
  private static final long LONGEST_WRITE_MILLIS = 20_000;

  private static final int TOO_SLOW = 4408;
  private static final int NOT_ALLOWED = 4401;
  private static final int LONGEST_MESSAGE = 1 << 10;

  private final LiveLog log;
  private final Wanted wanted;
  private final Supplier<LiveTokens.Stream> token;
  private volatile @Nullable Thread thread;

  /** {@code token} watches over it on the thread that follows. */
  EventSocket(LiveLog log, Wanted wanted, Supplier<LiveTokens.Stream> token) {
    this.token = token;
    this.log = log;
    this.wanted = wanted;
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    session
        .getUserProperties()
        .put("org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT", LONGEST_WRITE_MILLIS);
    session.setMaxTextMessageBufferSize(LONGEST_MESSAGE);
    session.setMaxBinaryMessageBufferSize(LONGEST_MESSAGE);
    thread = Thread.ofVirtual().name("events-" + session.getId()).start(() -> follow(session));
  }

  private void follow(Session session) {
    LiveTokens.Stream watch = token.get();
    try (watch) {
      follow(session, watch);
    }
    if (watch.hasEnded()) {
      close(session, CloseCodes.getCloseCode(NOT_ALLOWED), "the token is good no more");
    }
  }

  private void follow(Session session, LiveTokens.Stream watch) {
    try {
      switch (log.follow(wanted, new Frames(session))) {
        case CLOSED -> close(session, CloseCodes.GOING_AWAY, "the server stops");
        case TOO_SLOW ->
            close(
                session,
                CloseCodes.getCloseCode(TOO_SLOW),
                "too slow; go on after the last seq that came");
      }
    } catch (IOException | IllegalStateException gone) {
      LOG.debug("a client of the WebSocket is gone", gone);
      if (!watch.hasEnded()) {
        close(session, CloseCodes.getCloseCode(TOO_SLOW), "gone or too slow");
      }
    } catch (InterruptedException _) {
      LOG.debug("a WebSocket of events ended, by its token: {}", watch.hasEnded());
    } catch (RuntimeException failure) {
      LOG.warn("a WebSocket of events broke", failure);
      close(session, CloseCodes.UNEXPECTED_CONDITION, "the log cannot be read at the moment");
    }
  }

  private static void close(Session session, CloseCode code, String why) {
    try {
      session.close(new CloseReason(code, why));
    } catch (IOException | IllegalStateException gone) {
      LOG.debug("the client was gone before", gone);
    }
  }

  @Override
  public void onClose(Session session, CloseReason reason) {
    end();
  }

  @Override
  public void onError(Session session, Throwable failure) {
    LOG.debug("a WebSocket of events failed", failure);
    end();
  }

  private void end() {
    Thread running = thread;
    if (running != null && !running.equals(Thread.currentThread())) {
      running.interrupt();
    }
  }

  private record Frames(Session session) implements Sink {
    @Override
    public void send(Message message) throws IOException {
      session.getBasicRemote().sendText(message.json());
    }

    @Override
    public void alive() throws IOException {
      session.getBasicRemote().sendPing(ByteBuffer.allocate(0));
    }

    @Override
    public void flush() {
      // each frame goes out by itself
    }
  }
}
