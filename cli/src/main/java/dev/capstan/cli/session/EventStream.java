package dev.capstan.cli.session;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Server-sent events, one after another. For one thread; another one may close it. */
public final class EventStream implements AutoCloseable {
  private final InputStream body;
  private final BufferedReader lines;

  EventStream(InputStream body) {
    this.body = body;
    this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /** One message; {@code name} is its kind and {@code data} JSON. */
  public record Message(String name, String data) {}

  /**
   * Waits for the next message; empty when the server has ended the stream. Throws {@link
   * ConnectionLost} if it broke.
   */
  public Optional<Message> next() {
    String name = "message";
    StringBuilder data = new StringBuilder();
    try {
      String line;
      while ((line = lines.readLine()) != null) {
        if (line.isEmpty() && !data.isEmpty()) {
          return Optional.of(new Message(name, data.toString()));
        } else if (line.startsWith("event:")) {
          name = line.substring("event:".length()).strip();
        } else if (line.startsWith("data:")) {
          data.append(line.substring("data:".length()));
        }
      }
      return Optional.empty();
    } catch (IOException lost) {
      throw new ConnectionLost(lost);
    }
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException _) {
      // it is gone either way
    }
  }
}
