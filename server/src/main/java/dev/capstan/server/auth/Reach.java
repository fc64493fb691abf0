package dev.capstan.server.auth;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the server may be sent by those who use it. */
final class Reach {
  private static final Pattern HOST =
      Pattern.compile(
          "(?i)[a-z]+://(?:[^/@]*@)?(?:\\[([^\\]]*)]|([^/:@]*)).*|(?:[^/@:]+@)([^/:@]+):.*");

  private Reach() {}

  /**
   * Refuses a URL that leads back to the server's own machine, or to an address that only its own
   * link knows, as clouds' metadata have.
   */
  static void requireOutside(String url) {
    Matcher matcher = HOST.matcher(url);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("this is no URL of a repository: " + url);
    }
    String host =
        matcher.group(1) != null
            ? matcher.group(1)
            : matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
    if (host.isEmpty() || leadsInside(host)) {
      throw new IllegalArgumentException(
          "a repository's URL may not lead to the server's own machine: " + url);
    }
  }

  /** A name that nobody knows leads nowhere. */
  private static boolean leadsInside(String host) {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (address.isLoopbackAddress()
            || address.isAnyLocalAddress()
            || address.isLinkLocalAddress()
            || address.isMulticastAddress()) {
          return true;
        }
      }
      return false;
    } catch (UnknownHostException _) {
      return false;
    }
  }
}
