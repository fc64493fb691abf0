package dev.capstan.server.models;

import com.sun.net.httpserver.HttpExchange;
import dev.capstan.models.ModelAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** An answer over HTTP. A stream that was begun and not ended breaks its connection. */
final class HttpAnswer implements ModelAnswer {
  private final HttpExchange http;

  HttpAnswer(HttpExchange http) {
    this.http = http;
  }

  @Override
  public void whole(int status, String json, Optional<Duration> retryAfter) throws IOException {
    retryAfter.ifPresent(pause ->
        http.getResponseHeaders()
            .set("Retry-After", String.valueOf(Math.max(1, pause.toSeconds()))));
    byte[] content = json.getBytes(StandardCharsets.UTF_8);
    http.getResponseHeaders().set("Content-Type", "application/json");
    boolean bodiless = content.length == 0 || http.getRequestMethod().equals("HEAD");
    http.sendResponseHeaders(status, bodiless ? -1 : content.length);
    if (!bodiless) {
      http.getResponseBody().write(content);
    }
    http.close();
  }

  @Override
  public void begin() throws IOException {
    http.getResponseHeaders().set("Content-Type", "text/event-stream");
    http.getResponseHeaders().set("Cache-Control", "no-cache");
    http.sendResponseHeaders(200, 0);
  }

  @Override
  public void events(String text) throws IOException {
    http.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
    http.getResponseBody().flush();
  }

  @Override
  public void end() throws IOException {
    http.getResponseBody().close();
  }

  /** Whatever became of it. */
  void close() {
    http.close();
  }
}
