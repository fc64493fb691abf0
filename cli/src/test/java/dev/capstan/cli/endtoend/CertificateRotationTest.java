package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.capstan.api.orchestration.ListRunsRequest;
import dev.capstan.api.orchestration.OrchestrationGrpc;
import dev.capstan.worker.protocol.BearerToken;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate is replaced in its files, as renewals do, while the server runs. */
class CertificateRotationTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path folder;

  @Test
  void new_connections_see_the_new_certificate_and_old_ones_live_on() throws Exception {
    Certificates first = Certificates.in(Files.createDirectory(folder.resolve("first")));
    Certificates second = Certificates.in(Files.createDirectory(folder.resolve("second")));
    Path used = Files.copy(first.certificate(), folder.resolve("first.pem"));
    Path config =
        Files.writeString(
            folder.resolve("capstan.yaml"),
            "listen: 127.0.0.1:0\ntls: {certificate: %s, key: %s}\nworkers: {listen: '127.0.0.1:0'}\n"
                .formatted(first.certificate(), first.key()));
    try (ServerProcess server =
        ServerProcess.start(folder, Map.of(), "--config", config.toString())) {
      URI https = URI.create(server.url());
      URI grpc = URI.create(server.said("workers connect to (\\S+)"));
      String token = ServerProcess.endpoint(folder).token();
      try (SSLSocket old = connect(first, https)) {
        ManagedChannel oldCalls = channel(used, grpc);
        call(oldCalls, token);
        assertThat(healthy(old)).isTrue();

        second.replace(first);

        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofSeconds(1))
            .untilAsserted(() -> {
              assertThat(healthy(old)).as("a connection over HTTPS that was there").isTrue();
              assertThat(isPresented(second, https)).isTrue();
              assertThat(isServed(second, grpc, token)).isTrue();
            });
        call(oldCalls, token);
        assertThatThrownBy(() -> connect(first, https)).isInstanceOf(SSLHandshakeException.class);
        ManagedChannel trustingTheFirst = channel(used, grpc);
        assertThatThrownBy(() -> call(trustingTheFirst, token))
            .isInstanceOf(StatusRuntimeException.class);
        oldCalls.shutdownNow();
        trustingTheFirst.shutdownNow();
      }
    }
  }

  private static SSLSocket connect(Certificates trusted, URI at) throws Exception {
    SSLSocket socket =
        (SSLSocket) trusted.trust().getSocketFactory().createSocket(at.getHost(), at.getPort());
    try {
      socket.startHandshake();
      return socket;
    } catch (SSLHandshakeException refused) {
      socket.close();
      throw refused;
    }
  }

  private static boolean isPresented(Certificates trusted, URI at) throws Exception {
    try (SSLSocket socket = connect(trusted, at)) {
      return socket.isConnected();
    } catch (SSLHandshakeException _) {
      return false;
    }
  }

  /** One more request on a connection that stays open. */
  private static boolean healthy(SSLSocket socket) throws Exception {
    socket
        .getOutputStream()
        .write(
            "HEAD /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    byte[] answer = new byte[4_096];
    int read = socket.getInputStream().read(answer);
    return read > 0
        && new String(answer, 0, read, StandardCharsets.UTF_8).startsWith("HTTP/1.1 200");
  }

  private static ManagedChannel channel(Path trusted, URI at) throws Exception {
    return Grpc.newChannelBuilderForAddress(
            at.getHost(),
            at.getPort(),
            TlsChannelCredentials.newBuilder().trustManager(trusted.toFile()).build())
        .build();
  }

  private static void call(ManagedChannel channel, String token) {
    var _ =
        OrchestrationGrpc.newBlockingStub(channel)
            .withCallCredentials(new BearerToken(token))
            .withDeadlineAfter(10, TimeUnit.SECONDS)
            .listRuns(ListRunsRequest.newBuilder().setLimit(1).build());
  }

  private static boolean isServed(Certificates trusted, URI at, String token) throws Exception {
    ManagedChannel channel = channel(trusted.certificate(), at);
    try {
      call(channel, token);
      return true;
    } catch (StatusRuntimeException refused) {
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      return false;
    } finally {
      channel.shutdownNow();
    }
  }
}
