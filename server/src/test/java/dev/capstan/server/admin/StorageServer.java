package dev.capstan.server.admin;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Adobe's S3Mock, a server that speaks S3, in a process of its own. */
final class StorageServer implements AutoCloseable {
  private final Process process;
  private final URI endpoint;
  private final S3Client client;

  private StorageServer(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
    this.client =
        S3Client.builder()
            .endpointOverride(endpoint)
            .forcePathStyle(true)
            .region(Region.US_EAST_1)
            .httpClient(UrlConnectionHttpClient.create())
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
            .build();
  }

  /** Waits until it answers; {@code folder} is for its files. */
  static StorageServer start(Path folder) throws IOException {
    int port = freePort();
    Files.createDirectories(folder);
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-jar",
                    Path.of("target", "s3mock", "s3mock.jar").toAbsolutePath().toString(),
                    "--server.address=127.0.0.1",
                    "--http.port=" + port,
                    "--com.adobe.testing.s3mock.http-port=" + port,
                    "--server.port=0"))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    StorageServer server = new StorageServer(process, URI.create("http://127.0.0.1:" + port));
    await()
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptionsInstanceOf(SdkException.class)
        .until(() -> server.client.listBuckets().sdkHttpResponse().isSuccessful());
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  URI endpoint() {
    return endpoint;
  }

  S3Client client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
    process.destroyForcibly();
  }
}
