package dev.capstan.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One request through an outlet, and everything that follows on its connection. */
final class OutletConnection {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Outlet outlet;
  private final AllowList allowed;
  private final SocketChannel inside;
  private final InputStream in;
  private final OutputStream out;

  OutletConnection(Outlet outlet, AllowList allowed, SocketChannel inside) {
    this.outlet = outlet;
    this.allowed = allowed;
    this.inside = inside;
    this.in = Channels.newInputStream(inside);
    this.out = Channels.newOutputStream(inside);
  }

  void serve() throws IOException {
    Optional<RequestHead> asked = RequestHead.read(in);
    if (asked.isEmpty()) {
      answer("400 Bad Request", "this is a proxy for http:// and CONNECT");
      return;
    }
    RequestHead head = asked.get();
    String place = head.host() + ":" + head.port();
    if (!allowed.allows(head.host(), head.port())) {
      refuse(place + " is not on the list of allowed hosts");
      return;
    }
    List<InetAddress> addresses = resolve(head.host());
    if (addresses.stream().anyMatch(one -> !AllowList.isReachable(head.host(), one))) {
      refuse(place + " leads to an address of this machine");
      return;
    }
    for (InetAddress address : addresses) {
      if (connected(head, new InetSocketAddress(address, head.port()))) {
        return;
      }
    }
    outlet.note("the way out: " + place + " is allowed, but does not answer");
    answer("502 Bad Gateway", place + " does not answer");
  }

  /** False if nobody answers there. */
  private boolean connected(RequestHead head, InetSocketAddress address) throws IOException {
    Socket host = outlet.track(new Socket());
    try {
      host.connect(address, (int) PATIENCE.toMillis());
    } catch (IOException e) {
      outlet.release(host);
      return false;
    }
    try {
      pass(head, host);
      return true;
    } finally {
      outlet.release(host);
    }
  }

  private void pass(RequestHead head, Socket host) throws IOException {
    if (head.tunnel()) {
      write(out, "HTTP/1.1 200 OK\r\n\r\n");
    } else {
      write(host.getOutputStream(), head.forwarded());
    }
    Thread back = Thread.ofVirtual().name("capstan-outlet-back").start(() -> back(host));
    try {
      in.transferTo(host.getOutputStream());
      host.shutdownOutput();
      back.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      back.interrupt();
    }
  }

  /** When the host has said all, so have we: whoever still writes then writes to nobody. */
  private void back(Socket host) {
    try {
      host.getInputStream().transferTo(out);
    } catch (IOException _) {
      // One side is gone.
    } finally {
      outlet.release(inside);
    }
  }

  private void refuse(String sentence) throws IOException {
    outlet.note("refused the way out: " + sentence);
    answer("403 Forbidden", sentence);
  }

  private void answer(String status, String sentence) throws IOException {
    String body = "capstan: " + sentence + "\n";
    write(
        out,
        "HTTP/1.1 "
            + status
            + "\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private static void write(OutputStream stream, String text) throws IOException {
    stream.write(text.getBytes(StandardCharsets.ISO_8859_1));
    stream.flush();
  }

  private static List<InetAddress> resolve(String host) {
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      return List.of();
    }
  }
}
