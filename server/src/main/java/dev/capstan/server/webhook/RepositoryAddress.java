package dev.capstan.server.webhook;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which repository an address leads to, however it is written: over https or ssh, with a user, a
 * port of ssh, {@code .git}, or a slash at the end.
 *
 * @param value host and path in lower case; or the path of a folder as it is
 */
record RepositoryAddress(String value) {
  private static final Pattern URL =
      Pattern.compile("([a-zA-Z][a-zA-Z0-9+]*)://(?:[^/@]*@)?([^/:@]+)(?::([0-9]{1,5}))?/(.*)");
  private static final Pattern SCP = Pattern.compile("(?:[^/@:]+@)?([^/:@]+):(?!//)(.+)");

  static RepositoryAddress of(String address) {
    String text = address.strip();
    if (text.startsWith("file://")) {
      return new RepositoryAddress(trimmed(text.substring("file://".length())));
    }
    Matcher url = URL.matcher(text);
    if (url.matches()) {
      String scheme = url.group(1).toLowerCase(Locale.ROOT);
      boolean usual =
          url.group(3) == null
              || !scheme.startsWith("http")
              || url.group(3).equals(scheme.equals("https") ? "443" : "80");
      return hosted(url.group(2) + (usual ? "" : ":" + url.group(3)), url.group(4));
    }
    Matcher scp = SCP.matcher(text);
    return !text.startsWith("/") && scp.matches()
        ? hosted(scp.group(1), scp.group(2))
        : new RepositoryAddress(trimmed(text));
  }

  private static RepositoryAddress hosted(String host, String path) {
    String full = host + '/' + path.replaceAll("^/+", "");
    return new RepositoryAddress(trimmed(full).toLowerCase(Locale.ROOT));
  }

  private static String trimmed(String path) {
    String end = path.replaceAll("/+$", "");
    return end.endsWith(".git") ? end.substring(0, end.length() - ".git".length()) : end;
  }
}
