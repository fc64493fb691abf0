package dev.capstan.sandbox.bridge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * Runs inside a sandbox with no network, and passes on what connects to a port of the loopback
 * device to a socket in the file system, behind which the way out is.
 *
 * <p>Danger: alone in its class path, so it may use no other class of ours, nor nest one.
 */
public final class Bridge {
  private static final int BACKLOG = 256;

  private Bridge() {}

  /**
   * Takes the socket and the port, 0 for any; tells the port on standard output, closes that, and
   * runs until killed.
   */
  public static void main(String[] arguments) throws IOException {
    UnixDomainSocketAddress proxy = UnixDomainSocketAddress.of(Path.of(arguments[0]));
    int port = Integer.parseInt(arguments[1]);
    try (ServerSocket server =
        new ServerSocket(port, BACKLOG, InetAddress.ofLiteral("127.0.0.1"))) {
      System.out.println(server.getLocalPort());
      System.out.close();
      accept(server, proxy);
    }
  }

  private static void accept(ServerSocket server, UnixDomainSocketAddress proxy)
      throws IOException {
    while (true) {
      Socket inside = server.accept();
      Thread.ofVirtual().start(() -> pass(inside, proxy));
    }
  }

  private static void pass(Socket inside, UnixDomainSocketAddress proxy) {
    try (inside;
        SocketChannel outside = SocketChannel.open(proxy)) {
      Thread back = Thread.ofVirtual().start(() -> back(outside, inside));
      inside.getInputStream().transferTo(Channels.newOutputStream(outside));
      outside.shutdownOutput();
      back.join();
    } catch (IOException _) {
      // One side is gone, so this connection is.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void back(SocketChannel outside, Socket inside) {
    try (inside) {
      Channels.newInputStream(outside).transferTo(inside.getOutputStream());
    } catch (IOException _) {
      // One side is gone, so this connection is.
    }
  }
}
