package dev.capstan.server.models;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.capstan.control.Lease;
import dev.capstan.control.TaskQueue;
import dev.capstan.models.Exchange;
import dev.capstan.models.Gateway;
import dev.capstan.models.ModelRequest;
import dev.capstan.models.Session;
import dev.capstan.models.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The gateway's own HTTP endpoint, on a port of the loopback device. It lets in whoever has a key
 * of an attempt whose lease is held, and knows nothing else of this server.
 */
public final class ModelServer implements AutoCloseable {
  static {
    // Else every piece of a stream waits for the acknowledgement of the one before.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final int KEY_BYTES = 32;
  private static final int LARGEST_BODY = 32 << 20;
  private static final Duration SWEEP = Duration.ofSeconds(2);
  private static final Duration SETTLING = Duration.ofSeconds(8);

  private final Gateway gateway;
  private final TaskQueue queue;
  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Ticket> tickets = new ConcurrentHashMap<>();
  private final Map<Integer, Exchange> byPort = new ConcurrentHashMap<>();
  private final Thread sweeper;

  /** Listens at once. */
  public ModelServer(Gateway gateway, TaskQueue queue) {
    this.gateway = gateway;
    this.queue = queue;
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException("the model gateway cannot listen", failure);
    }
    http.createContext("/", this::handle);
    http.setExecutor(threads);
    http.start();
    sweeper = Thread.ofVirtual().name("capstan-model-keys").start(this::sweep);
  }

  /** Where connections of attempts are passed on to. */
  public InetSocketAddress address() {
    return http.getAddress();
  }

  /** True if there is anything to ask. */
  public boolean hasModels() {
    return gateway.hasModels();
  }

  // ---- keys

  /** A key that is good as long as the lease is held, until {@link #revoke}. */
  public String issue(Lease lease, Session session) {
    byte[] bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    String key = "capstan-" + HexFormat.of().formatHex(bytes);
    tickets.put(key, new Ticket(lease, session));
    return key;
  }

  /**
   * Ends the key of that lease, and waits until what was asked with it is settled and recorded.
   * Returns what was wrong with its last call, or "".
   */
  public String revoke(String key, Lease lease) throws InterruptedException {
    Ticket ticket = tickets.get(key);
    if (ticket == null || !ticket.lease().equals(lease)) {
      return "";
    }
    tickets.remove(key);
    ticket.end();
    ticket.awaitIdle(SETTLING);
    return ticket.session().fault();
  }

  /** A lease that is lost takes its keys with it, and what is under way. */
  private void sweep() {
    try {
      while (true) {
        Thread.sleep(SWEEP);
        tickets.forEach((key, ticket) -> {
          if (queue.held(ticket.lease()).isEmpty()) {
            tickets.remove(key);
            ticket.end();
          }
        });
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<Ticket> ticket(HttpExchange exchange) {
    return Optional.ofNullable(tickets.get(Credentials.of(exchange)))
        .filter(ticket -> queue.held(ticket.lease()).isPresent());
  }

  // ---- requests

  /** The connection from that port of this machine has ended, so nobody listens to its answer. */
  public void ended(int port) {
    Exchange exchange = byPort.get(port);
    if (exchange != null) {
      exchange.cut();
    }
  }

  private void handle(HttpExchange http) throws IOException {
    String path = http.getRequestURI().getPath();
    Optional<Ticket> ticket = ticket(http);
    boolean probe = http.getRequestMethod().equals("HEAD") && path.equals("/");
    HttpAnswer answer = new HttpAnswer(http);
    if (ticket.isEmpty() && !probe) {
      answer.whole(
          401,
          error(
              path,
              401,
              "authentication_error",
              "this key is not known here, or its work has ended"),
          Optional.empty());
      return;
    }
    byte[] body = http.getRequestBody().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      answer.whole(
          413,
          error(path, 413, "request_too_large", "a request has at most 32 MiB"),
          Optional.empty());
      return;
    }
    if (ticket.isEmpty()) {
      answer.whole(200, "", Optional.empty());
      return;
    }
    serve(http, ticket.get(), request(http, path, body), answer);
  }

  private void serve(HttpExchange http, Ticket ticket, ModelRequest request, HttpAnswer answer) {
    Exchange exchange = gateway.open(ticket.session(), request, answer);
    if (!ticket.begin(exchange)) {
      return;
    }
    int port = http.getRemoteAddress().getPort();
    byPort.put(port, exchange);
    try {
      exchange.run();
    } finally {
      byPort.remove(port, exchange);
      ticket.finished(exchange);
      answer.close();
    }
  }

  private static ModelRequest request(HttpExchange http, String path, byte[] body) {
    Map<String, String> headers = new HashMap<>();
    http.getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    return new ModelRequest(
        http.getRequestMethod(),
        path,
        Optional.ofNullable(http.getRequestURI().getRawQuery()).orElse(""),
        headers,
        new String(body, StandardCharsets.UTF_8));
  }

  /** In the shape of the protocol that is spoken at that path. */
  private static String error(String path, int status, String kind, String message) {
    return Wire.ALL.stream()
        .filter(wire -> wire.read(path, "", Wire.JSON.createObjectNode()).isPresent())
        .findFirst()
        .orElse(Wire.ALL.getFirst())
        .error(status, kind, message);
  }

  @Override
  public void close() {
    sweeper.interrupt();
    tickets.values().forEach(Ticket::end);
    http.stop(0);
    threads.shutdownNow();
    gateway.close();
  }
}
