package dev.capstan.models.upstream;

import dev.capstan.models.wire.ServerEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** What became of asking a provider once. */
public sealed interface Try {
  /** It answers as a stream, whose first event makes sense. */
  record Streams(Streaming stream) implements Try {}

  /** It answered, with a JSON object. */
  record Whole(String text) implements Try {}

  /** It did not accept the request, and would not another time. */
  record Rejected(int status, String text) implements Try {}

  /** It could not answer now. */
  record Failed(String why, Optional<Duration> retryAfter) implements Try {}

  /** A stream that has begun. */
  interface Streaming extends AutoCloseable {
    /** The next event; empty at the end. */
    Optional<ServerEvent> next() throws IOException;

    @Override
    void close();
  }
}
