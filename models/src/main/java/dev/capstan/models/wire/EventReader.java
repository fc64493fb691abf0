package dev.capstan.models.wire;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads server-sent events, each as soon as it is there. Not for several threads. */
public final class EventReader {
  /** Far beyond what a provider sends in one event. */
  private static final int LONGEST = 16 << 20;

  private final InputStream in;

  public EventReader(InputStream in) {
    this.in = new BufferedInputStream(in, 1 << 14);
  }

  /**
   * The next event; empty at the end. What comes before an end without an empty line is no event.
   */
  public Optional<ServerEvent> next() throws IOException {
    StringBuilder text = new StringBuilder();
    StringBuilder data = new StringBuilder();
    for (Optional<String> line = line(); line.isPresent(); line = line()) {
      String content = line.get().stripTrailing();
      if (text.length() + content.length() > LONGEST) {
        throw new IOException("an event of the stream is too long");
      }
      if (!content.isEmpty()) {
        text.append(line.get());
      } else if (!text.isEmpty()) {
        return Optional.of(new ServerEvent(text.append(line.get()).toString(), data.toString()));
      }
      if (content.startsWith("data:")) {
        data.append(data.isEmpty() ? "" : "\n").append(content.substring(5).strip());
      }
    }
    return Optional.empty();
  }

  /** With its end; a piece without one is none. */
  private Optional<String> line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    for (int next = in.read(); next >= 0; next = in.read()) {
      line.write(next);
      if (line.size() > LONGEST) {
        throw new IOException("a line of the stream is too long");
      }
      if (next == '\n') {
        return Optional.of(line.toString(StandardCharsets.UTF_8));
      }
    }
    return Optional.empty();
  }
}
