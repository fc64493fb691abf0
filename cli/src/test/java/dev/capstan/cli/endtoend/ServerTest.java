package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.capstan.api.Endpoint;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTest {
  @TempDir Path folder;

  @Test
  void it_answers_until_it_is_told_to_end_and_then_ends_what_is_under_way() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder, Map.of(), "--listen", "127.0.0.1:0")) {
      URI url = URI.create(server.url());
      assertThat(ServerProcess.get(url + "/healthz").statusCode()).isEqualTo(200);
      assertThat(ServerProcess.get(url + "/readyz").body()).isEqualTo("ready\n");
      assertThat(ServerProcess.get(url + "/api/v1/runs").statusCode()).isEqualTo(401);
      Endpoint endpoint = endpoint();

      try (Socket upload = new Socket(url.getHost(), url.getPort())) {
        begin(upload, endpoint.token());
        await().until(() -> ServerProcess.get(url + "/readyz").statusCode() == 200);
        server.terminate();
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> ServerProcess.get(url + "/readyz").statusCode() == 503);
        assertThat(ServerProcess.get(url + "/readyz").body()).contains("draining");
        assertThat(ServerProcess.get(url + "/healthz").statusCode()).isEqualTo(200);

        assertThat(end(upload)).startsWith("HTTP/1.1 200");
      }

      assertThat(server.exit()).as(server.output()).isZero();
      assertThat(folder.resolve("data").resolve(Endpoint.FILE)).doesNotExist();
    }
  }

  /** A request that has not told all of its body. */
  private static void begin(Socket socket, String token) throws Exception {
    OutputStream out = socket.getOutputStream();
    String request =
        """
        POST /api/v1/artifacts HTTP/1.1\r
        Host: localhost\r
        Authorization: Bearer %s\r
        Content-Type: application/octet-stream\r
        Content-Length: 10\r
        Connection: close\r
        \r
        12345\
        """
            .formatted(token);
    out.write(request.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static String end(Socket socket) throws Exception {
    socket.getOutputStream().write("67890".getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private Endpoint endpoint() throws Exception {
    return ServerProcess.endpoint(folder);
  }

  @Test
  void it_refuses_to_start_with_a_wrong_configuration_and_says_all_that_is_wrong()
      throws Exception {
    Path file = Files.writeString(folder.resolve("capstan.yaml"), "listen: 0.0.0.0:80\n");
    try (ServerProcess open = ServerProcess.start(folder, Map.of(), "--config", file.toString())) {
      assertThat(open.exit()).isEqualTo(2);
      assertThat(open.output()).contains("0.0.0.0:80", "allowPlaintext: true");
    }
    Files.writeString(file, "listen: here\ncolour: red\n");
    try (ServerProcess wrong = ServerProcess.start(folder, Map.of(), "--config", file.toString())) {
      assertThat(wrong.exit()).isEqualTo(2);
      assertThat(wrong.output()).contains("line 1: listen", "line 2: colour");
    }
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void it_speaks_tls_to_others_and_the_data_folder_keeps_its_own_door() throws Exception {
    Certificates certificates = Certificates.in(folder);
    Path file =
        Files.writeString(
            folder.resolve("capstan.yaml"),
            """
            listen: 0.0.0.0:0
            tls:
              certificate: %s
              key: %s
            """
                .formatted(certificates.certificate(), certificates.key()));
    try (ServerProcess server =
        ServerProcess.start(folder, Map.of(), "--config", file.toString())) {
      String url = server.url().replace("0.0.0.0", "localhost");
      assertThat(url).startsWith("https://");
      HttpClient trusting = HttpClient.newBuilder().sslContext(certificates.trust()).build();
      assertThat(ServerProcess.get(trusting, url + "/readyz", "").statusCode()).isEqualTo(200);

      try (ServerProcess status =
          ServerProcess.command(
              folder, Map.of(), List.of("status", "--data", folder.resolve("data").toString()))) {
        assertThat(status.exit()).as(status.output()).isZero();
        assertThat(status.output()).contains("RUN");
      }
    }
  }
}
