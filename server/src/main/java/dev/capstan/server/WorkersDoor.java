package dev.capstan.server;

import dev.capstan.server.workers.Gatekeeper;
import dev.capstan.server.workers.WorkerLimits;
import dev.capstan.server.workers.WorkerServer;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where workers on other machines connect.
 *
 * @param at with the certificate of the server itself
 * @param certificates of those who alone may connect; empty for whoever has a token
 */
record WorkersDoor(Listening at, Optional<Path> certificates) {
  /** Empty if none is asked for, or if what is asked for is a mistake. */
  static Optional<WorkersDoor> of(
      Map<String, String> values, Listening server, List<String> mistakes) {
    String certificates = Key.WORKERS_CERTIFICATES.in(values, "");
    if (!certificates.isEmpty() && server.tls().isEmpty()) {
      mistakes.add("workers.certificates needs tls.certificate and tls.key");
    }
    Optional<Listening> at = Listening.parse(Key.WORKERS_LISTEN.in(values, ""), server.tls());
    if (at.isPresent() && !at.get().isLoopback() && server.tls().isEmpty()) {
      boolean allowed = Key.ALLOW_PLAINTEXT.in(values, "false").equals("true");
      if (!allowed) {
        mistakes.add(
            "workers.listen: "
                + Key.WORKERS_LISTEN.in(values, "")
                + " is reached from outside this machine: set tls.certificate and tls.key, or"
                + " allowPlaintext: true");
      }
    }
    return at.map(open ->
        new WorkersDoor(
            open, certificates.isEmpty() ? Optional.empty() : Optional.of(Path.of(certificates))));
  }

  WorkerServer.Listening listening(int httpPort, Gatekeeper gatekeeper, WorkerLimits limits) {
    return new WorkerServer.Listening(
        new InetSocketAddress(at.host(), at.port()),
        at.tls().map(tls -> new WorkerServer.Tls(tls.certificate(), tls.key(), certificates)),
        httpPort,
        gatekeeper,
        limits);
  }

  /** {@code grpcs} with TLS, {@code grpc} without. */
  String url(int taken) {
    return at.url(taken).replaceFirst("^http", "grpc");
  }
}
