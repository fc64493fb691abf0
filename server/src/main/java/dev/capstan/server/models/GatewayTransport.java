package dev.capstan.server.models;

import dev.capstan.engines.chat.Transport;
import dev.capstan.models.Gateway;
import dev.capstan.models.ModelAnswer;
import dev.capstan.models.ModelRequest;
import dev.capstan.models.Session;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Asks models for the server itself, through the same gateway as every attempt. */
public final class GatewayTransport implements Transport {
  private final Gateway gateway;
  private final Session session;

  public GatewayTransport(Gateway gateway, Session session) {
    this.gateway = gateway;
    this.session = session;
  }

  @Override
  public Response post(String path, String json) throws InterruptedException {
    Kept kept = new Kept();
    gateway.open(session, new ModelRequest("POST", path, "", Map.of(), json), kept).run();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return kept.response;
  }

  /** The answer comes whole, as no stream is asked for. */
  private static final class Kept implements ModelAnswer {
    private Response response = new Response(502, "");

    @Override
    public void whole(int status, String json, Optional<Duration> retryAfter) {
      response = new Response(status, json);
    }

    @Override
    public void begin() {
      throw new IllegalStateException("a stream that nobody asked for");
    }

    @Override
    public void events(String text) {
      throw new IllegalStateException("a stream that nobody asked for");
    }

    @Override
    public void end() {
      throw new IllegalStateException("a stream that nobody asked for");
    }
  }
}
