package dev.capstan.server.s3;

import dev.capstan.server.s3.BucketSettings.Encryption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * A folder in a bucket. What cannot be done throws {@link IllegalStateException} that says why.
 * Safe for many threads.
 */
public final class Bucket implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final BucketSettings settings;
  private final InstantSource clock;
  private final S3Client client;

  /**
   * Connects when it is first used.
   *
   * @param environment has the credentials: {@code AWS_ACCESS_KEY_ID} and {@code
   *     AWS_SECRET_ACCESS_KEY}; else they are where AWS's own tools look for them
   */
  public Bucket(BucketSettings settings, Map<String, String> environment, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    var builder =
        S3Client.builder()
            .region(Region.of(settings.region()))
            .credentialsProvider(credentials(environment))
            .httpClient(UrlConnectionHttpClient.create())
            .overrideConfiguration(override -> override.apiCallTimeout(PATIENCE))
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(service -> service.chunkedEncodingEnabled(false));
    settings
        .endpoint()
        .ifPresent(endpoint -> builder.endpointOverride(endpoint).forcePathStyle(true));
    client = builder.build();
  }

  private static AwsCredentialsProvider credentials(Map<String, String> environment) {
    String id = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
    String secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
    if (id.isEmpty() || secret.isEmpty()) {
      return DefaultCredentialsProvider.builder().build();
    }
    String session = environment.getOrDefault("AWS_SESSION_TOKEN", "");
    AwsCredentials given =
        session.isEmpty()
            ? AwsBasicCredentials.create(id, secret)
            : AwsSessionCredentials.create(id, secret, session);
    return StaticCredentialsProvider.create(given);
  }

  /** The names of what is in the folder, in their order. */
  public List<String> names() {
    try {
      return client
          .listObjectsV2Paginator(list -> list.bucket(settings.bucket()).prefix(settings.prefix()))
          .contents()
          .stream()
          .map(S3Object::key)
          .map(key -> key.substring(settings.prefix().length()))
          .toList();
    } catch (SdkException failure) {
      throw failed("read", failure);
    }
  }

  /** Keeps something under a name; it is there once this returns. */
  public void put(String name, byte[] content, String mediaType) {
    PutObjectRequest.Builder put =
        PutObjectRequest.builder()
            .bucket(settings.bucket())
            .key(settings.prefix() + name)
            .contentType(mediaType)
            .checksumSHA256(sha256(content));
    switch (settings.encryption()) {
      case Encryption.OfBucket _ -> {}
      case Encryption.OfStorage _ -> put.serverSideEncryption(ServerSideEncryption.AES256);
      case Encryption.Managed(var key) -> {
        put.serverSideEncryption(ServerSideEncryption.AWS_KMS);
        if (!key.isEmpty()) {
          put.ssekmsKeyId(key);
        }
      }
    }
    if (settings.retentionDays() > 0) {
      put.objectLockMode(ObjectLockMode.COMPLIANCE)
          .objectLockRetainUntilDate(
              clock.instant().plus(Duration.ofDays(settings.retentionDays())));
    }
    try {
      client.putObject(put.build(), RequestBody.fromBytes(content));
    } catch (SdkException failure) {
      throw failed("written", failure);
    }
  }

  private IllegalStateException failed(String what, SdkException failure) {
    return new IllegalStateException(
        settings + " could not be " + what + ": " + failure.getMessage(), failure);
  }

  private static String sha256(byte[] content) {
    try {
      return Base64.getEncoder()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
