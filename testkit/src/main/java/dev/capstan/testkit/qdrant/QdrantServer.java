package dev.capstan.testkit.qdrant;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The part of Qdrant's REST API that keeps and finds vectors, as version 1.19 documents it, on
 * loopback and in memory. It is stricter than the real one: what it does not know it refuses. Safe
 * for many threads.
 */
public final class QdrantServer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern PLACE =
      Pattern.compile("/collections/([\\w.-]+)(|/index|/points|/points/(?:scroll|query|delete))");
  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "PUT ",
          Set.of("vectors"),
          "PUT /index",
          Set.of("field_name", "field_schema"),
          "PUT /points",
          Set.of("points"),
          "POST /points/scroll",
          Set.of("filter", "limit", "offset", "with_payload", "with_vector"),
          "POST /points/query",
          Set.of("query", "filter", "limit", "with_payload", "with_vector"),
          "POST /points/delete",
          Set.of("filter", "points"));

  private final HttpServer server;
  private final String key;
  private final Map<String, Points> collections = new HashMap<>();

  /** Anybody may use it. */
  public QdrantServer() {
    this(0, "");
  }

  /**
   * On that port; 0 for a free one.
   *
   * @param key that each request has to bring; "" for none
   */
  public QdrantServer(int port, String key) {
    this.key = key;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** How many collections there are. */
  public synchronized int collections() {
    return collections.size();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      try {
        require(
            key.isEmpty() || key.equals(exchange.getRequestHeaders().getFirst("api-key")),
            401,
            "Must provide an API key or an Authorization bearer token");
        JsonNode request = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
        Object result =
            answer(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), request);
        send(exchange, 200, Map.of("result", result, "status", "ok", "time", 0.0));
      } catch (Refused refused) {
        String error = String.valueOf(refused.getMessage());
        send(exchange, refused.status(), Map.of("status", Map.of("error", error), "time", 0.0));
      }
    }
  }

  private static void send(HttpExchange exchange, int status, Object answer) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(answer);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private synchronized Object answer(String method, String path, JsonNode request) {
    Matcher place = PLACE.matcher(path);
    require(place.matches(), 404, "");
    String what = method + ' ' + place.group(2);
    Set<String> fields = Optional.ofNullable(FIELDS.get(what)).orElse(Set.of());
    for (String field : request.propertyNames()) {
      require(fields.contains(field), 400, "Format error in JSON body: unknown field " + field);
    }
    String name = place.group(1);
    if (what.equals("PUT ")) {
      return create(name, request.path("vectors"));
    }
    Points points = collections.get(name);
    if (points == null) {
      throw new Refused(404, "Not found: Collection `" + name + "` doesn't exist!");
    }
    return switch (what) {
      case "PUT /index" -> index(request);
      case "PUT /points" -> put(points, request.path("points"));
      case "POST /points/scroll" -> points.scroll(request);
      case "POST /points/query" -> points.query(request);
      case "POST /points/delete" -> {
        require(request.path("filter").path("must").size() > 0, 400, "Format error in JSON body");
        points.delete(request.path("filter"));
        yield completed();
      }
      default -> throw new Refused(404, "");
    };
  }

  private Object create(String name, JsonNode vectors) {
    require(
        !collections.containsKey(name),
        409,
        "Wrong input: Collection `" + name + "` already exists!");
    require(
        vectors.path("distance").asString("").equals("Cosine"), 400, "only Cosine is known here");
    require(vectors.path("size").asInt(0) > 0, 400, "Validation error in JSON body: vectors.size");
    collections.put(name, new Points(vectors.path("size").asInt()));
    return true;
  }

  private static Object index(JsonNode request) {
    boolean known =
        List.of("keyword", "integer").contains(request.path("field_schema").asString(""));
    require(known && request.path("field_name").isString(), 400, "Format error in JSON body");
    return completed();
  }

  private static Object put(Points points, JsonNode all) {
    require(all.isArray(), 400, "Format error in JSON body: missing field `points`");
    for (JsonNode point : all) {
      String id = point.path("id").asString("");
      require(isUuid(id), 400, "Format error in JSON body: " + id + " is not a valid point ID");
      points.put(id, point.path("vector"), point.path("payload"));
    }
    return completed();
  }

  private static boolean isUuid(String id) {
    try {
      return UUID.fromString(id).toString().equals(id);
    } catch (IllegalArgumentException wrong) {
      return false;
    }
  }

  private static Map<String, Object> completed() {
    return Map.of("operation_id", 0, "status", "completed");
  }

  private static void require(boolean well, int status, String otherwise) {
    if (!well) {
      throw new Refused(status, otherwise);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
