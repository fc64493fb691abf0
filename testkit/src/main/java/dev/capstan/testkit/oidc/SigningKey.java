package dev.capstan.testkit.oidc;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/** An RSA key of an issuer, and tokens that it signs, well or ill. */
public final class SigningKey {
  private static final int BITS = 2_048;

  private final String id;
  private final KeyPair pair;

  public SigningKey(String id) {
    this.id = id;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      this.pair = generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** As the issuer publishes it. */
  Map<String, String> published() {
    RSAPublicKey key = (RSAPublicKey) pair.getPublic();
    return Map.of(
        "kty",
        "RSA",
        "use",
        "sig",
        "kid",
        id,
        "n",
        number(key.getModulus()),
        "e",
        number(key.getPublicExponent()));
  }

  private static String number(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int sign = bytes[0] == 0 ? 1 : 0;
    return base64(Arrays.copyOfRange(bytes, sign, bytes.length));
  }

  /** A token as it should be. */
  public String sign(Map<String, ?> claims) {
    return sign("RS256", claims);
  }

  /**
   * A token with that algorithm in its head: {@code none} is not signed at all, {@code HS256} with
   * the public key as if that were a secret.
   */
  public String sign(String algorithm, Map<String, ?> claims) {
    String head = base64(json(Map.of("alg", algorithm, "kid", id, "typ", "JWT")));
    String signed = head + '.' + base64(json(claims));
    byte[] bytes = signed.getBytes(StandardCharsets.US_ASCII);
    try {
      return signed
          + '.'
          + switch (algorithm) {
            case "none" -> "";
            case "HS256" -> {
              Mac mac = Mac.getInstance("HmacSHA256");
              mac.init(new SecretKeySpec(pair.getPublic().getEncoded(), "HmacSHA256"));
              yield base64(mac.doFinal(bytes));
            }
            case "RS256" -> {
              Signature signature = Signature.getInstance("SHA256withRSA");
              signature.initSign(pair.getPrivate());
              signature.update(bytes);
              yield base64(signature.sign());
            }
            default -> throw new IllegalArgumentException(algorithm);
          };
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] json(Map<String, ?> map) {
    return JsonMapper.shared().writeValueAsBytes(map);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
