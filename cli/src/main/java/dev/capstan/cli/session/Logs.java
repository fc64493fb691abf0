package dev.capstan.cli.session;

import dev.capstan.server.Settings;

/** Tells the logger, before it writes the first line, where and how; see {@code logback.xml}. */
public final class Logs {
  private Logs() {}

  /** {@code service} is who writes. */
  public static void open(Settings settings, String service) {
    System.setProperty("capstan.logs", settings.data().resolve("logs").toString());
    System.setProperty("capstan.log", settings.log());
    System.setProperty("capstan.service", service);
    // Spring would read logback's configuration a second time.
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
  }
}
