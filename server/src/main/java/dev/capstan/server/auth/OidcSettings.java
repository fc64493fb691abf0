package dev.capstan.server.auth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Who says who people are, and what follows from it.
 *
 * @param issuer exactly as its tokens name it
 * @param clientId of the command line; what tokens must be meant for
 * @param scopes what the command line asks the issuer for
 * @param nameClaim the claim that holds somebody's name for the audit and for events
 * @param groupsClaim the claim that holds somebody's groups
 * @param grants what groups may do; of several that fit somebody the first one holds, and then come
 *     those that are kept in the database
 */
public record OidcSettings(
    String issuer,
    String clientId,
    String scopes,
    String nameClaim,
    String groupsClaim,
    List<String> grants) {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  public OidcSettings {
    grants = List.copyOf(grants);
  }

  /** True for a URL over TLS, or on this machine. */
  public static boolean isIssuer(String text) {
    try {
      URI uri = new URI(text);
      boolean secure = "https".equals(uri.getScheme());
      boolean here = "http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost());
      return uri.getHost() != null
          && (secure || here)
          && uri.getQuery() == null
          && uri.getFragment() == null
          && uri.getUserInfo() == null;
    } catch (URISyntaxException _) {
      return false;
    }
  }

  /** Every mistake in a list of grants. */
  public static List<String> mistakes(List<String> grants) {
    List<String> mistakes = new ArrayList<>();
    for (String grant : grants) {
      try {
        ConfiguredGrant.parse(grant);
      } catch (IllegalArgumentException wrong) {
        mistakes.add(wrong.getMessage());
      }
    }
    return mistakes;
  }

  List<ConfiguredGrant> parsed() {
    return grants.stream().map(ConfiguredGrant::parse).toList();
  }
}
