package dev.capstan.testkit.model;

import java.util.List;
import java.util.Map;

/**
 * A request that came in.
 *
 * @param headers by name in small letters; keys are not kept, only that there was one
 * @param aside true if it was no turn of the script
 */
public record Seen(
    String method, String path, Map<String, String> headers, String body, boolean aside) {
  public Seen {
    headers = Map.copyOf(headers);
  }

  static final List<String> KEYS = List.of("authorization", "x-api-key", "x-goog-api-key");
}
