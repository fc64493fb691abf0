package dev.capstan.adapters.qdrant;

import dev.capstan.adapters.http.Batches;
import dev.capstan.adapters.http.Batches.StoredPiece;
import dev.capstan.adapters.http.JsonServer;
import dev.capstan.knowledge.vectors.Among;
import dev.capstan.knowledge.vectors.Vector;
import dev.capstan.knowledge.vectors.VectorStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * A collection of Qdrant, over its REST API, made with the first vectors. {@link #units} asks the
 * server each time.
 */
public final class QdrantVectors implements VectorStore {
  private static final int PAGE = 1_000;

  private final JsonServer server;
  private final String collection;

  /** The server stays the caller's to close. */
  public QdrantVectors(JsonServer server, String name) {
    this.server = server;
    this.collection = "/collections/" + name;
  }

  @Override
  public Set<String> units() {
    Set<String> units = new HashSet<>();
    Map<String, Object> request = new HashMap<>();
    request.put("filter", Map.of("must", List.of(is("piece", "value", 0))));
    request.put("limit", PAGE);
    request.put("with_payload", List.of("unit"));
    Optional<JsonNode> page;
    do {
      page = server.post(collection + "/points/scroll", request).map(QdrantVectors::result);
      page.ifPresent(some -> {
        points(some).forEach(each -> units.add(each.path("payload").path("unit").asString()));
        request.put("offset", some.path("next_page_offset"));
      });
    } while (page.isPresent() && !isNothing(page.get().path("next_page_offset")));
    return units;
  }

  private static JsonNode result(JsonNode answer) {
    return answer.path("result");
  }

  private static JsonNode points(JsonNode result) {
    return result.path("points");
  }

  private static boolean isNothing(JsonNode node) {
    return node.isNull() || node.isMissingNode();
  }

  /** A condition on a field. */
  private static Map<String, Object> is(String field, String how, Object what) {
    return Map.of("key", field, "match", Map.of(how, what));
  }

  @Override
  public Map<String, Vector> known(Collection<String> hashes) {
    Map<String, Vector> known = new HashMap<>();
    for (List<String> some : Batches.of(hashes)) {
      Map<String, Object> request =
          Map.of(
              "filter",
              Map.of("must", List.of(is("hash", "any", some))),
              "limit",
              PAGE,
              "with_payload",
              List.of("hash"),
              "with_vector",
              true);
      server
          .post(collection + "/points/scroll", request)
          .map(answer -> points(result(answer)))
          .ifPresent(points ->
              points.forEach(each ->
                  known.put(
                      each.path("payload").path("hash").asString(),
                      Batches.vector(each.path("vector")))));
    }
    return known;
  }

  @Override
  public void put(Map<String, List<Piece>> units) {
    for (List<StoredPiece> some : Batches.records(units)) {
      Map<String, Object> points =
          Map.of("points", some.stream().map(QdrantVectors::point).toList());
      boolean there = upsert(points);
      if (!there) {
        create(some.getFirst().piece().vector().dimensions());
        there = upsert(points);
      }
      if (!there) {
        throw server.unavailable("that " + collection + " is not there");
      }
    }
  }

  /** False if the collection is not there yet. */
  private boolean upsert(Map<String, Object> points) {
    return server.put(collection + "/points?wait=true", points).isPresent();
  }

  private static Map<String, Object> point(StoredPiece record) {
    UUID id = UUID.nameUUIDFromBytes(record.id().getBytes(StandardCharsets.UTF_8));
    return Map.of(
        "id", id.toString(), "vector", record.piece().vector().parts(), "payload", record.fields());
  }

  private void create(int dimensions) {
    server.put(collection, Map.of("vectors", Map.of("size", dimensions, "distance", "Cosine")));
    index("unit", "keyword");
    index("hash", "keyword");
    index("piece", "integer");
  }

  private void index(String field, String type) {
    server.put(collection + "/index?wait=true", Map.of("field_name", field, "field_schema", type));
  }

  @Override
  public void remove(Collection<String> units) {
    for (List<String> some : Batches.of(units)) {
      server.post(
          collection + "/points/delete?wait=true",
          Map.of("filter", Map.of("must", List.of(is("unit", "any", some)))));
    }
  }

  @Override
  public List<Near> nearest(Vector target, Among among, int most) {
    Map<String, Object> query = new HashMap<>();
    query.put("query", target.parts());
    query.put("limit", most);
    query.put("with_payload", List.of("path", "line"));
    switch (among) {
      case Among.Only(var only) ->
          query.put("filter", Map.of("must", List.of(is("unit", "any", only))));
      case Among.Except(var except) -> {
        if (!except.isEmpty()) {
          query.put("filter", Map.of("must_not", List.of(is("unit", "any", except))));
        }
      }
    }
    List<Near> near = new ArrayList<>();
    server
        .post(collection + "/points/query", query)
        .ifPresent(answer ->
            points(result(answer))
                .forEach(each ->
                    near.add(
                        new Near(
                            each.path("payload").path("path").asString(),
                            each.path("payload").path("line").asInt(),
                            each.path("score").asDouble()))));
    return near;
  }

  @Override
  public void close() {}
}
