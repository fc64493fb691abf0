package dev.capstan.server.auth;

import dev.capstan.core.Sha256;
import java.security.SecureRandom;
import java.util.Base64;

/** Bearer tokens as they are made and kept. */
public final class Secrets {
  private static final int BYTES = 32;
  private static final String PREFIX = "cap_";
  private static final SecureRandom RANDOM = new SecureRandom();

  private Secrets() {}

  /** A new one: {@code cap_} and 32 random bytes in base64url. */
  public static String next() {
    byte[] random = new byte[BYTES];
    RANDOM.nextBytes(random);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /** SHA-256 in hexadecimal. Tokens are random, so nothing slower is needed. */
  public static String hash(String secret) {
    return Sha256.hex(secret);
  }
}
