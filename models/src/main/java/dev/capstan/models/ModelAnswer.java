package dev.capstan.models;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Where an answer goes. One thread writes; a failure to write means that nobody listens. */
public interface ModelAnswer {
  /** An answer as a whole. */
  void whole(int status, String json, Optional<Duration> retryAfter) throws IOException;

  /** The begin of a stream of events. */
  void begin() throws IOException;

  /** The next events, sent at once. */
  void events(String text) throws IOException;

  /** The stream is complete. */
  void end() throws IOException;
}
