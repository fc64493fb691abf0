package dev.capstan.cli.session;

import dev.capstan.server.Settings;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Tells the logger, before it writes the first line, where and how; see {@code logback.xml}. */
public final class Logs {
  private Logs() {}

  /** {@code service} is who writes. */
  public static void open(Settings settings, String service) {
    System.setProperty("capstan.logs", settings.data().resolve("logs").toString());
    System.setProperty("capstan.log", settings.log());
    System.setProperty("capstan.service", service);
    // Spring would read logback's configuration a second time; so what it does besides is done
    // here.
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    if (!SLF4JBridgeHandler.isInstalled()) {
      SLF4JBridgeHandler.removeHandlersForRootLogger();
      SLF4JBridgeHandler.install();
    }
  }
}
