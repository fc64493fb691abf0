package dev.capstan.verification.attestation;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** Public Ed25519 keys as PEM, and their names. */
public final class PublicKeys {
  static final String ALGORITHM = "Ed25519";
  private static final String LABEL = "PUBLIC KEY";

  private PublicKeys() {}

  /** The SHA-256 of the key's SubjectPublicKeyInfo, in hexadecimal digits. */
  public static String id(PublicKey key) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  public static String pem(PublicKey key) {
    return Pem.write(LABEL, key.getEncoded());
  }

  /**
   * The key of a text that holds one.
   *
   * @throws IllegalArgumentException if it holds none
   */
  public static PublicKey read(String text) {
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePublic(new X509EncodedKeySpec(Pem.read(LABEL, text)));
    } catch (GeneralSecurityException wrong) {
      throw new IllegalArgumentException("it holds no public Ed25519 key", wrong);
    }
  }

  /** The PEM of RFC 7468. */
  static final class Pem {
    private static final int WIDTH = 64;

    private Pem() {}

    static String write(String label, byte[] bytes) {
      String body = Base64.getMimeEncoder(WIDTH, new byte[] {'\n'}).encodeToString(bytes);
      return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    static byte[] read(String label, String text) {
      String begin = "-----BEGIN " + label + "-----";
      int from = text.indexOf(begin);
      int to = text.indexOf("-----END " + label + "-----", Math.max(from, 0));
      if (from < 0 || to < 0) {
        throw new IllegalArgumentException("it holds no " + label + " in PEM");
      }
      return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
    }
  }
}
