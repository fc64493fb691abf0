package dev.capstan.server;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.catalina.connector.Connector;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * The doors of a server. Where the public one is not plain loopback, the data folder gets one of
 * its own: its certificate need not name this machine.
 */
final class Connectors implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
  private static final String BUNDLE = "spring.ssl.bundle.pem.capstan.";

  /** Of a body that is refused; then the connection is cut off. */
  private static final int SWALLOWED_MB = 128;

  /** After a change, so that both files of a pair are there. */
  private static final int QUIET_SECONDS = 2;

  private final Listening listening;
  private final RequestLimits limits;
  private final Optional<Connector> local;

  Connectors(Listening listening, RequestLimits limits) {
    this.listening = listening;
    this.limits = limits;
    this.local =
        listening.tls().isEmpty() && listening.host().equals(Listening.LOCAL.host())
            ? Optional.empty()
            : Optional.of(loopback());
  }

  private static Connector loopback() {
    Connector connector = new Connector(TomcatServletWebServerFactory.DEFAULT_PROTOCOL);
    connector.setProperty("address", Listening.LOCAL.host());
    connector.setPort(0);
    return connector;
  }

  Map<String, Object> properties() {
    Map<String, Object> properties = new HashMap<>();
    properties.put("server.address", listening.host());
    properties.put("server.port", listening.port());
    properties.put("server.tomcat.max-swallow-size", SWALLOWED_MB + "MB");
    properties.put("server.max-http-request-header-size", limits.headerBytes() + "B");
    listening
        .tls()
        .ifPresent(tls -> {
          properties.put("server.ssl.bundle", "capstan");
          properties.put(BUNDLE + "options.enabled-protocols", "TLSv1.3,TLSv1.2");
          properties.put(BUNDLE + "keystore.certificate", "file:" + tls.certificate());
          properties.put(BUNDLE + "keystore.private-key", "file:" + tls.key());
          properties.put(BUNDLE + "reload-on-update", "true");
          properties.put("spring.ssl.bundle.watch.file.quiet-period", QUIET_SECONDS + "s");
        });
    return properties;
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    local.ifPresent(connector -> {
      connector.setProperty("maxSwallowSize", String.valueOf(SWALLOWED_MB << 20));
      connector.setProperty("maxHttpRequestHeaderSize", String.valueOf(limits.headerBytes()));
      factory.addAdditionalConnectors(connector);
    });
  }

  /** The port of the data folder's door. */
  int localPort(int main) {
    return local.map(Connector::getLocalPort).orElse(main);
  }

  /** A failure to start, in words for people where it is one of what was set. */
  RuntimeException explain(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PortInUseException) {
        return new InvalidSetting(
            "listen: port " + listening.port() + " of " + listening.host() + " is in use");
      }
      if (cause instanceof java.net.BindException
          || cause instanceof java.net.UnknownHostException) {
        return new InvalidSetting(
            "listen: "
                + listening.host()
                + " is no address of this machine: "
                + cause.getMessage());
      }
    }
    return listening.tls().isPresent() && mentionsPem(failure)
        ? new InvalidSetting("tls: the certificate and key cannot be used: " + rootMessage(failure))
        : failure;
  }

  private static boolean mentionsPem(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (message.contains("PEM")
          || message.contains("SSL bundle")
          || message.contains("certificate")
          || message.contains("private key")) {
        return true;
      }
    }
    return false;
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
