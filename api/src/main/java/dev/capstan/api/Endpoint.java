package dev.capstan.api;

/**
 * How to reach the server that owns a data folder; kept in it, readable by its owner only.
 *
 * @param url for example {@code http://127.0.0.1:40123}
 * @param token to be sent as bearer token
 * @param pid of the process
 * @param version of Capstan
 */
public record Endpoint(String url, String token, long pid, String version) {
  /** The name of the file in the data folder. */
  public static final String FILE = "endpoint.json";
}
