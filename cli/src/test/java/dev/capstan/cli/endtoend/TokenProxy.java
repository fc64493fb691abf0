package dev.capstan.cli.endtoend;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Stands before a server for a client that knows no token: passes each request on as it came, with
 * the token. A connection carries one request.
 */
final class TokenProxy implements AutoCloseable {
  private final ServerSocket door;
  private final URI server;
  private final String token;

  TokenProxy(URI server, String token) throws IOException {
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.server = server;
    this.token = token;
    Thread.ofVirtual().start(this::serve);
  }

  String url() {
    return "http://127.0.0.1:" + door.getLocalPort();
  }

  private void serve() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Thread.ofVirtual().start(() -> passOn(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void passOn(Socket client) {
    try (client;
        Socket behind = new Socket(server.getHost(), server.getPort())) {
      InputStream in = client.getInputStream();
      String head = head(in);
      behind.getOutputStream().write(withToken(head).getBytes(StandardCharsets.ISO_8859_1));
      Thread.ofVirtual().start(() -> copyBody(in, behind));
      behind.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException gone) {
      // the client sees it
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int next = in.read();
    while (next >= 0) {
      head.write(next);
      if (head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        break;
      }
      next = in.read();
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private String withToken(String head) {
    return head.replaceAll("(?im)^(?:connection|authorization):.*\r\n", "")
        .replaceFirst("\r\n", "\r\nAuthorization: Bearer " + token + "\r\nConnection: close\r\n");
  }

  private static void copyBody(InputStream in, Socket behind) {
    try {
      in.transferTo(behind.getOutputStream());
    } catch (IOException ended) {
      // it was answered
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
