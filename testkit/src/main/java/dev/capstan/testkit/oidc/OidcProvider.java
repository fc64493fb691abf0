package dev.capstan.testkit.oidc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/**
 * An issuer on loopback: discovery, keys, the device grant (RFC 8628) and refresh. Whoever signs in
 * is who the test says, once it has said so. Safe for many threads.
 */
public final class OidcProvider implements AutoCloseable {
  private static final int OK = 200;
  private static final int BAD = 400;
  private static final String DEVICE = "device-code";

  private final HttpServer server;
  private final AtomicInteger refreshes = new AtomicInteger();
  private final AtomicInteger polls = new AtomicInteger();
  private volatile SigningKey key = new SigningKey("first");
  private volatile Map<String, Object> person = Map.of();
  private volatile int secondsGood = 300;

  public OidcProvider() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.createContext("/.well-known/openid-configuration", this::describe);
    server.createContext(
        "/keys", exchange -> answer(exchange, OK, Map.of("keys", List.of(key.published()))));
    server.createContext("/device", this::device);
    server.createContext("/token", this::token);
    server.start();
  }

  public String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The key that signs now. */
  public SigningKey key() {
    return key;
  }

  /** From now on another key signs, and the one before is published no more. */
  public void rotate(String id) {
    key = new SigningKey(id);
  }

  /** Says who signs in; before, whoever asks has to wait. */
  public void signsIn(String name, List<String> groups) {
    person = Map.of("sub", "id-of-" + name, "preferred_username", name, "groups", groups);
  }

  /** How long the tokens are good that it gives from now on; may be in the past. */
  public void tokensAreGoodFor(int seconds) {
    secondsGood = seconds;
  }

  /** How often a token was renewed. */
  public int refreshes() {
    return refreshes.get();
  }

  /** What a good token for {@code capstan} says of somebody. */
  public Map<String, Object> claims(String name, List<String> groups) {
    long now = Instant.now().getEpochSecond();
    Map<String, Object> claims = new HashMap<>();
    claims.put("iss", issuer());
    claims.put("aud", "capstan");
    claims.put("sub", "id-of-" + name);
    claims.put("preferred_username", name);
    claims.put("groups", groups);
    claims.put("iat", now);
    claims.put("exp", now + 300);
    return claims;
  }

  private void describe(HttpExchange exchange) throws IOException {
    answer(
        exchange,
        OK,
        Map.of(
            "issuer", issuer(),
            "jwks_uri", issuer() + "/keys",
            "token_endpoint", issuer() + "/token",
            "device_authorization_endpoint", issuer() + "/device"));
  }

  private void device(HttpExchange exchange) throws IOException {
    boolean known = form(exchange).getOrDefault("client_id", "").equals("capstan");
    answer(
        exchange,
        known ? OK : BAD,
        known
            ? Map.of(
                "device_code",
                DEVICE,
                "user_code",
                "WDJB-MJHT",
                "verification_uri",
                issuer() + "/activate",
                "expires_in",
                60,
                "interval",
                1)
            : Map.of("error", "invalid_client"));
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> form = form(exchange);
    switch (form.getOrDefault("grant_type", "")) {
      case "urn:ietf:params:oauth:grant-type:device_code" -> {
        if (!form.getOrDefault("device_code", "").equals(DEVICE)) {
          answer(exchange, BAD, Map.of("error", "invalid_grant"));
        } else if (person.isEmpty() || polls.getAndIncrement() == 0) {
          answer(exchange, BAD, Map.of("error", "authorization_pending"));
        } else {
          answer(exchange, OK, tokens());
        }
      }
      case "refresh_token" -> {
        boolean good = form.getOrDefault("refresh_token", "").equals("refresh-" + refreshes.get());
        if (good) {
          refreshes.incrementAndGet();
        }
        answer(exchange, good ? OK : BAD, good ? tokens() : Map.of("error", "invalid_grant"));
      }
      default -> answer(exchange, BAD, Map.of("error", "unsupported_grant_type"));
    }
  }

  /** Each refresh token is good once, as many issuers have it. */
  private Map<String, Object> tokens() {
    Map<String, Object> claims = claims("", List.of());
    claims.putAll(person);
    claims.put("exp", Instant.now().getEpochSecond() + secondsGood);
    return Map.of(
        "access_token",
        "opaque",
        "token_type",
        "Bearer",
        "expires_in",
        secondsGood,
        "refresh_token",
        "refresh-" + refreshes.get(),
        "id_token",
        key.sign(claims));
  }

  private static Map<String, String> form(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> form = new HashMap<>();
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return form;
  }

  private static void answer(HttpExchange exchange, int status, Map<String, ?> body)
      throws IOException {
    byte[] json = JsonMapper.shared().writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, json.length);
    exchange.getResponseBody().write(json);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
