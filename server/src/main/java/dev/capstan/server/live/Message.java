package dev.capstan.server.live;

import dev.capstan.control.records.RunQueries.Logged;
import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/** An event as every client gets it, written once. */
record Message(long sequence, String type, String project, String run, String json) {
  /** What a client reads. */
  private record Envelope(
      long seq, String type, Instant ts, String projectId, String runId, RawValue payload) {}

  static Message of(Logged event) {
    Envelope envelope =
        new Envelope(
            event.position(),
            event.type(),
            event.at(),
            event.project().value(),
            event.run().value(),
            new RawValue(event.data()));
    return new Message(
        event.position(),
        event.type(),
        event.project().value(),
        event.run().value(),
        JsonMapper.shared().writeValueAsString(envelope));
  }
}
