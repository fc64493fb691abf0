package dev.capstan.workspace.toolchain;

import java.util.ArrayList;
import java.util.List;

/** Names of variables that commands may see: language, time zone, and the way to the network. */
final class Passed {
  private static final List<String> EVERYWHERE =
      List.of(
          "LANG",
          "LC_ALL",
          "TZ",
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "NO_PROXY",
          "http_proxy",
          "https_proxy",
          "no_proxy",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR");

  private Passed() {}

  static List<String> and(String... more) {
    List<String> names = new ArrayList<>(EVERYWHERE);
    names.addAll(List.of(more));
    return List.copyOf(names);
  }
}
