package dev.capstan.models.wire;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads off an answer what it took. Not for several threads. */
public interface Meter {
  /** Takes the next piece of a stream, or the whole answer where it is no stream. */
  void observe(JsonNode piece);

  /** What the provider has said so far; empty if it said nothing. */
  Optional<Usage> usage();

  /** True once the answer is complete. */
  boolean ended();
}
