package dev.capstan.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server is reached, beside the data folder's own door on loopback.
 *
 * @param port 0 for any that is free
 * @param tls empty for plain HTTP
 */
public record Listening(String host, int port, Optional<Tls> tls) {
  /** Only for whoever can read the data folder. */
  static final Listening LOCAL = new Listening("127.0.0.1", 0, Optional.empty());

  private static final Pattern ADDRESS =
      Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^:\\[\\]\\s]+)):([0-9]{1,5})");
  private static final int LARGEST_PORT = 65_535;

  /**
   * A certificate with its chain, and its private key, both as PEM; read again when they change.
   */
  public record Tls(Path certificate, Path key) {}

  /** Reads {@code host:port}; IPv6 addresses stand in brackets. */
  static Optional<Listening> parse(String address, Optional<Tls> tls) {
    Matcher matcher = ADDRESS.matcher(address);
    if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > LARGEST_PORT) {
      return Optional.empty();
    }
    String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    return Optional.of(new Listening(host, Integer.parseInt(matcher.group(3)), tls));
  }

  /** True if only this machine reaches it. A name that is not known is taken for one outside. */
  boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false;
    }
  }

  /** For people and clients, with the port that was taken. */
  String url(int taken) {
    String name = host.indexOf(':') < 0 ? host : '[' + host + ']';
    return (tls.isPresent() ? "https://" : "http://") + name + ':' + taken;
  }
}
