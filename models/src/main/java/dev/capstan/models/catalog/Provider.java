package dev.capstan.models.catalog;

import java.net.URI;
import java.util.Optional;

/**
 * Where models are.
 *
 * @param baseUrl what the protocol's paths are put after
 * @param key lets us in; never printed
 * @param requestsPerMinute that are sent at most
 * @param caches true if its answers are used again
 */
public record Provider(
    String name,
    ProviderKind kind,
    URI baseUrl,
    Optional<String> key,
    int requestsPerMinute,
    boolean caches) {
  @Override
  public String toString() {
    return name + " (" + kind.word() + " at " + baseUrl + ')';
  }
}
