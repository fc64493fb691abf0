package dev.capstan.models.upstream;

import dev.capstan.models.wire.EventReader;
import dev.capstan.models.wire.ServerEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A stream that came before, event by event. Not for several threads. */
public final class KeptStream implements Try.Streaming {
  private final EventReader events;

  public KeptStream(String text) {
    events = new EventReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public Optional<ServerEvent> next() throws IOException {
    return events.next();
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
