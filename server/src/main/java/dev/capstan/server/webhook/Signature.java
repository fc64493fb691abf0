package dev.capstan.server.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Who sent a body, judged by its bytes alone. Every comparison takes the same time. */
final class Signature {
  /** A secret that signs, as Standard Webhooks writes it. */
  static final String SIGNING = "whsec_";

  private static final String HMAC = "HmacSHA256";
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private Signature() {}

  /** {@code X-Hub-Signature-256} of GitHub: {@code sha256=} and the HMAC in hexadecimal. */
  static boolean github(String secret, String header, byte[] body) {
    String expected =
        "sha256=" + HexFormat.of().formatHex(hmac(secret.getBytes(StandardCharsets.UTF_8), body));
    return same(expected, header);
  }

  /** {@code X-Gitlab-Token}: the secret itself. */
  static boolean token(String secret, String header) {
    return same(secret, header);
  }

  /**
   * {@code webhook-signature} after the Standard Webhooks specification: one of those in the header
   * is {@code v1,} and the HMAC of id, timestamp and body in Base64, and the time is about now.
   */
  static boolean standard(
      String secret, String id, String timestamp, String header, byte[] body, Instant now) {
    if (!timestamp.matches("[0-9]{1,12}")
        || Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                .abs()
                .compareTo(TOLERANCE)
            > 0) {
      return false;
    }
    byte[] key = Base64.getDecoder().decode(secret.substring(SIGNING.length()));
    byte[] start = (id + '.' + timestamp + '.').getBytes(StandardCharsets.UTF_8);
    byte[] signed = Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, signed, start.length, body.length);
    String expected = "v1," + Base64.getEncoder().encodeToString(hmac(key, signed));
    boolean one = false;
    for (String given : header.split(" ", -1)) {
      one |= same(expected, given);
    }
    return one;
  }

  private static byte[] hmac(byte[] key, byte[] body) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(body);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static boolean same(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
