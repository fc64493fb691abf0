package dev.capstan.server.s3;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder in a bucket.
 *
 * @param prefix of its keys, which ends with a slash; empty for the whole bucket
 * @param endpoint empty for AWS
 * @param region for example {@code eu-central-1}
 * @param encryption of what is kept, at the server
 * @param retentionDays for so long an object is locked in compliance mode, which nobody can undo; 0
 *     for what the bucket itself says
 */
public record BucketSettings(
    String bucket,
    String prefix,
    Optional<URI> endpoint,
    String region,
    Encryption encryption,
    int retentionDays) {
  private static final Pattern ADDRESS =
      Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/([\\w!.*'()/-]{1,500}?))?/?");

  /** How what is kept is encrypted at the server. */
  public sealed interface Encryption {
    /** As the bucket itself does it. */
    record OfBucket() implements Encryption {}

    /** With a key of the storage's own: SSE-S3. */
    record OfStorage() implements Encryption {}

    /** With a key of its key management, empty for the usual one: SSE-KMS. */
    record Managed(String key) implements Encryption {}
  }

  /** Whether it is {@code s3://BUCKET} or {@code s3://BUCKET/PREFIX}. */
  public static boolean isAddress(String address) {
    return ADDRESS.matcher(address).matches();
  }

  /** Whether it is {@code http://HOST} or {@code https://HOST}, with or without a port. */
  public static boolean isEndpoint(String text) {
    try {
      URI uri = new URI(text);
      return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null;
    } catch (URISyntaxException _) {
      return false;
    }
  }

  /** Throws {@link IllegalArgumentException} if the address is none. */
  public static BucketSettings of(
      String address,
      Optional<URI> endpoint,
      String region,
      Encryption encryption,
      int retentionDays) {
    Matcher parts = ADDRESS.matcher(address);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not s3://BUCKET/PREFIX: " + address);
    }
    String prefix = parts.group(2) == null ? "" : parts.group(2) + '/';
    return new BucketSettings(parts.group(1), prefix, endpoint, region, encryption, retentionDays);
  }

  /** For people. */
  @Override
  public String toString() {
    return "s3://" + bucket + '/' + prefix;
  }
}
