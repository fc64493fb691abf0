package dev.capstan.sandbox;

import java.net.InetAddress;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hosts that may be reached.
 *
 * @param entries {@code host}, {@code host:port} or {@code *.domain}, in lower case; without a port
 *     those of HTTP and HTTPS are meant
 */
public record AllowList(Set<String> entries) {
  private static final Pattern ENTRY =
      Pattern.compile("(\\*\\.)?[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?(:[1-9][0-9]{0,4})?");
  private static final Pattern URL =
      Pattern.compile("https?://(?:[^/@\\s\"'<>]{0,300}@)?([A-Za-z0-9_.-]{1,253})(:[0-9]{1,5})?");

  public AllowList {
    for (String entry : entries) {
      if (!ENTRY.matcher(entry).matches()) {
        throw new IllegalArgumentException("not a host, host:port or *.domain: \"" + entry + '"');
      }
    }
    entries = Set.copyOf(entries);
  }

  /**
   * Reads a list with commas or blanks between its entries.
   *
   * @throws IllegalArgumentException if one is neither host, host:port nor *.domain
   */
  public static AllowList parse(String text) {
    Set<String> entries = new TreeSet<>();
    for (String word : text.toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
      if (!word.isEmpty()) {
        entries.add(word);
      }
    }
    return new AllowList(entries);
  }

  /** The hosts of all web addresses in a text, such as a tool's own settings. */
  public static AllowList named(String text) {
    Set<String> entries = new TreeSet<>();
    Matcher url = URL.matcher(text);
    while (url.find()) {
      String port = Optional.ofNullable(url.group(2)).orElse("");
      String entry = (url.group(1) + port).toLowerCase(Locale.ROOT);
      if (ENTRY.matcher(entry).matches() && !entry.startsWith("0.0.0.0")) {
        entries.add(entry);
      }
    }
    return new AllowList(entries);
  }

  /** Both together. */
  public AllowList and(AllowList other) {
    Collection<String> all = new LinkedHashSet<>(entries);
    all.addAll(other.entries);
    return new AllowList(Set.copyOf(all));
  }

  /** Whether a name may be asked for. */
  boolean allows(String host, int port) {
    String name = host.toLowerCase(Locale.ROOT);
    boolean web = port == 443 || port == 80;
    return (web && matches(name, "")) || matches(name, ":" + port);
  }

  /**
   * Whether the address behind a name may be reached: a name that leads to this machine itself, or
   * to what clouds keep at link-local addresses, would be a way around the list, unless the entry
   * says so itself.
   */
  static boolean isReachable(String host, InetAddress address) {
    boolean own =
        address.isLoopbackAddress()
            || address.isLinkLocalAddress()
            || address.isAnyLocalAddress()
            || address.isMulticastAddress();
    return !own || host.equalsIgnoreCase("localhost") || host.equals(address.getHostAddress());
  }

  private boolean matches(String name, String port) {
    if (entries.contains(name + port)) {
      return true;
    }
    int dot = name.indexOf('.');
    while (dot >= 0) {
      if (entries.contains("*" + name.substring(dot) + port)) {
        return true;
      }
      dot = name.indexOf('.', dot + 1);
    }
    return false;
  }
}
