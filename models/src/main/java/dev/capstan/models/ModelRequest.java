package dev.capstan.models;

import java.util.Map;

/**
 * What came in over HTTP.
 *
 * @param query of the address, without the question mark; often empty
 * @param headers by name in small letters
 */
public record ModelRequest(
    String method, String path, String query, Map<String, String> headers, String body) {
  public ModelRequest {
    headers = Map.copyOf(headers);
  }
}
