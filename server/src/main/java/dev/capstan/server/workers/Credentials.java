package dev.capstan.server.workers;

import dev.capstan.server.workers.WorkerServer.Tls;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.grpc.util.AdvancedTlsX509TrustManager.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The certificates of a server for workers, read again when the files change. Connections that are
 * there stay; those that come have the new ones. A pair that does not fit, as it is half written,
 * is passed over until it does.
 */
final class Credentials implements AutoCloseable {
  private static final int LOOK_SECONDS = 2;

  private final ScheduledExecutorService reader =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("certificates").factory());
  private final ServerCredentials current;

  /** Throws {@link IllegalStateException} if they cannot be read. */
  Credentials(Tls tls) {
    try {
      TlsServerCredentials.Builder builder =
          TlsServerCredentials.newBuilder().keyManager(own(tls.certificate(), tls.key()));
      if (tls.clients().isPresent()) {
        builder
            .trustManager(trusted(tls.clients().get()))
            .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE);
      }
      current = builder.build();
    } catch (IOException | GeneralSecurityException failure) {
      reader.shutdownNow();
      throw new IllegalStateException(
          "the certificates for workers cannot be read: " + failure.getMessage(), failure);
    }
  }

  private AdvancedTlsX509KeyManager own(Path certificate, Path key)
      throws IOException, GeneralSecurityException {
    AdvancedTlsX509KeyManager manager = new AdvancedTlsX509KeyManager();
    var _ =
        manager.updateIdentityCredentials(
            certificate.toFile(), key.toFile(), LOOK_SECONDS, TimeUnit.SECONDS, reader);
    return manager;
  }

  /** Whoever has a certificate of theirs may connect, from whatever host. */
  private AdvancedTlsX509TrustManager trusted(Path certificates)
      throws IOException, GeneralSecurityException {
    AdvancedTlsX509TrustManager manager =
        AdvancedTlsX509TrustManager.newBuilder()
            .setVerification(Verification.CERTIFICATE_ONLY_VERIFICATION)
            .build();
    var _ =
        manager.updateTrustCredentials(
            certificates.toFile(), LOOK_SECONDS, TimeUnit.SECONDS, reader);
    return manager;
  }

  ServerCredentials current() {
    return current;
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}
