package dev.capstan.engines.builtin;

import dev.capstan.engines.ModelAccess;
import dev.capstan.engines.chat.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An attempt's way to models for code outside a sandbox: HTTP to a loopback port that the attempt's
 * passage goes on from. Without the attempt's key nobody gets anything there.
 */
final class ModelRelay implements Transport, AutoCloseable {
  private final ModelAccess access;
  private final Duration limit;
  private final ServerSocket door;
  private final HttpClient http;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /**
   * Listens at once.
   *
   * @param limit of each request
   */
  ModelRelay(ModelAccess access, Duration limit) {
    this.access = access;
    this.limit = limit;
    try {
      door = new ServerSocket();
      door.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
    } catch (IOException failure) {
      throw new UncheckedIOException("the way to models cannot be opened", failure);
    }
    http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    Thread.ofVirtual().name("capstan-agent-models").start(this::accept);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = door.accept();
        open.add(socket);
        Thread.ofVirtual().name("capstan-agent-models").start(() -> pass(socket));
      }
    } catch (IOException closed) {
      // So is the relay.
    }
  }

  private void pass(Socket socket) {
    try (socket) {
      access.passage().pass(socket.getInputStream(), socket.getOutputStream());
    } catch (IOException gone) {
      // Whoever asked is told by the end of the connection.
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public Response post(String path, String json) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.getLocalPort() + path))
            .header("content-type", "application/json")
            .header("authorization", "Bearer " + access.key())
            .timeout(limit)
            .POST(BodyPublishers.ofString(json))
            .build();
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      return new Response(answer.statusCode(), answer.body());
    } catch (IOException failure) {
      throw new ModelUnreachable("the gateway of models did not answer: " + failure, failure);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    try {
      door.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("the way to models cannot be closed", failure);
    }
  }
}
