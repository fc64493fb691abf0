package dev.capstan.adapters.neo4j;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/**
 * Where a Neo4j is and who we are there.
 *
 * @param url {@code bolt://HOST:PORT}, or another of the driver's schemes
 * @param password "" for a server that wants none
 */
public record Neo4jSettings(String url, String user, String password) {
  private static final Set<String> SCHEMES =
      Set.of("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc");

  public static boolean isUrl(String text) {
    try {
      URI uri = new URI(text);
      return SCHEMES.contains(String.valueOf(uri.getScheme()))
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getPath().isEmpty();
    } catch (URISyntaxException wrong) {
      return false;
    }
  }

  /** The text form holds no password. */
  @Override
  public String toString() {
    return url + " as " + user;
  }
}
