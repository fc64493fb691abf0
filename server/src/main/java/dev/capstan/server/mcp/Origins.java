package dev.capstan.server.mcp;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps pages in browsers out that are not the server's own, and names that were made to lead to
 * this machine: either would speak with the rights of whoever looks at the page.
 */
final class Origins {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Set<String> hosts;

  /** {@code hosts} are good beside loopback's names. */
  Origins(Set<String> hosts) {
    this.hosts = hosts;
  }

  /**
   * Why a request may not come in; empty if it may.
   *
   * @param host the header, or ""
   * @param origin the header, or "" where no browser asks
   * @param address of this machine that it came to
   */
  Optional<String> fault(String host, String origin, String address) {
    if (!origin.isEmpty() && !isKnown(originsHost(origin))) {
      return Optional.of(
          "the origin " + origin + " is none of this server's; mcp.hosts names those that are");
    }
    if (InetAddress.ofLiteral(address).isLoopbackAddress() && !isKnown(name(host))) {
      return Optional.of(
          "the host " + host + " is no name of this machine; mcp.hosts names those that are");
    }
    return Optional.empty();
  }

  private boolean isKnown(String host) {
    return LOOPBACK.contains(host) || hosts.contains(host);
  }

  private static String originsHost(String origin) {
    try {
      String host = URI.create(origin).getHost();
      return host == null ? "" : host.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException _) {
      return "";
    }
  }

  /** Without its port. */
  private static String name(String host) {
    return host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
  }
}
