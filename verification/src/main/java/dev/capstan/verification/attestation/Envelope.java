package dev.capstan.verification.attestation;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A payload with its signatures, as DSSE 1.0 has it (github.com/secure-systems-lab/dsse). What is
 * signed is the payload's type and bytes, so that neither can be exchanged.
 */
public record Envelope(String payloadType, String payload, List<Signed> signatures) {
  /** The type of in-toto statements. */
  public static final String IN_TOTO = "application/vnd.in-toto+json";

  private static final int LONGEST = 64 << 20;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /** One signature, in base64; {@code keyid} is a hint and proves nothing. */
  public record Signed(String keyid, String sig) {}

  public Envelope {
    signatures = List.copyOf(signatures);
  }

  public static Envelope sign(String payload, Signer signer) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    byte[] signature = signer.sign(authenticated(IN_TOTO, bytes));
    return new Envelope(
        IN_TOTO,
        Base64.getEncoder().encodeToString(bytes),
        List.of(
            new Signed(
                PublicKeys.id(signer.publicKey()), Base64.getEncoder().encodeToString(signature))));
  }

  /**
   * Reads an envelope, untrusted.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Envelope read(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("it is longer than 64 MiB, which no evidence is");
    }
    try {
      @Nullable Envelope read = JSON.readValue(text, Envelope.class);
      if (read == null) {
        throw new IllegalArgumentException("it is no DSSE envelope: it holds nothing");
      }
      return read;
    } catch (JacksonException wrong) {
      throw new IllegalArgumentException(
          "it is no DSSE envelope: " + wrong.getOriginalMessage(), wrong);
    }
  }

  public String write() {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + '\n';
  }

  /** The payload's bytes as text; throws {@link IllegalArgumentException} if they are no base64. */
  public String text() {
    return new String(Base64.getDecoder().decode(payload), StandardCharsets.UTF_8);
  }

  /** True if one of the signatures is that key's, of exactly this type and payload. */
  public boolean isSignedBy(PublicKey key) {
    return signatures.stream().anyMatch(signed -> isValid(signed, key));
  }

  private boolean isValid(Signed signed, PublicKey key) {
    try {
      Signature signature = Signature.getInstance(PublicKeys.ALGORITHM);
      signature.initVerify(key);
      signature.update(authenticated(payloadType, Base64.getDecoder().decode(payload)));
      return signature.verify(Base64.getDecoder().decode(signed.sig()));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return false;
    }
  }

  /** The pre-authentication encoding. */
  private static byte[] authenticated(String type, byte[] body) {
    byte[] name = type.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ascii("DSSEv1 " + name.length + ' '));
    out.writeBytes(name);
    out.writeBytes(ascii(" " + body.length + ' '));
    out.writeBytes(body);
    return out.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
