package dev.capstan.cli.session;

import dev.capstan.api.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates are good. */
final class Trust {
  private Trust() {}

  /** Throws {@link ApiFailure} if the file holds no certificates. */
  static Optional<SSLContext> of(Optional<Path> authorities) {
    return authorities.map(Trust::of);
  }

  private static SSLContext of(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("authority-" + trusted.size(), one);
      }
      if (trusted.size() == 0) {
        throw unusable(pem, "it holds no certificate");
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException wrong) {
      throw unusable(pem, wrong.toString());
    }
  }

  private static ApiFailure unusable(Path pem, String why) {
    return new ApiFailure(
        ErrorCode.INVALID, "CAPSTAN_CA: " + pem + " is no PEM file of certificates: " + why);
  }
}
