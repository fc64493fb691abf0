package dev.capstan.adapters.chroma;

import dev.capstan.adapters.http.Batches;
import dev.capstan.adapters.http.Batches.StoredPiece;
import dev.capstan.adapters.http.JsonServer;
import dev.capstan.knowledge.vectors.Among;
import dev.capstan.knowledge.vectors.Vector;
import dev.capstan.knowledge.vectors.VectorStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A collection of Chroma, over version 2 of its HTTP API, made when it is first needed. {@link
 * #units} asks the server each time.
 */
public final class ChromaVectors implements VectorStore {
  private static final String COLLECTIONS =
      "/api/v2/tenants/default_tenant/databases/default_database/collections";
  private static final int PAGE = 1_000;

  private final JsonServer server;
  private final String name;
  private volatile String id = "";

  /** The server stays the caller's to close. */
  public ChromaVectors(JsonServer server, String name) {
    this.server = server;
    this.name = name;
  }

  private JsonNode ask(String what, Object body) {
    String collection = id.isEmpty() ? open() : id;
    return server
        .post(COLLECTIONS + '/' + collection + '/' + what, body)
        .orElseThrow(() -> {
          id = "";
          return server.unavailable("that the collection " + name + " is not there any more");
        });
  }

  private String open() {
    JsonNode collection =
        server
            .post(
                COLLECTIONS,
                Map.of(
                    "name",
                    name,
                    "get_or_create",
                    true,
                    "configuration",
                    Map.of("hnsw", Map.of("space", "cosine"))))
            .orElseThrow(() -> server.unavailable("that it has no default_database"));
    id = collection.path("id").asString();
    return id;
  }

  @Override
  public Set<String> units() {
    Set<String> units = new HashSet<>();
    int read;
    int offset = 0;
    do {
      JsonNode page =
          ask(
              "get",
              Map.of(
                  "where",
                  Map.of("piece", 0),
                  "include",
                  List.of("metadatas"),
                  "limit",
                  PAGE,
                  "offset",
                  offset));
      page.path("metadatas").forEach(each -> units.add(each.path("unit").asString()));
      read = page.path("ids").size();
      offset += read;
    } while (read == PAGE);
    return units;
  }

  @Override
  public Map<String, Vector> known(Collection<String> hashes) {
    Map<String, Vector> known = new HashMap<>();
    for (List<String> some : Batches.of(hashes)) {
      JsonNode found =
          ask(
              "get",
              Map.of(
                  "where",
                  Map.of("hash", Map.of("$in", some)),
                  "include",
                  List.of("metadatas", "embeddings"),
                  "limit",
                  PAGE));
      for (int i = 0; i < found.path("ids").size(); i++) {
        known.put(
            found.path("metadatas").path(i).path("hash").asString(),
            Batches.vector(found.path("embeddings").path(i)));
      }
    }
    return known;
  }

  @Override
  public void put(Map<String, List<Piece>> units) {
    for (List<StoredPiece> some : Batches.records(units)) {
      ask(
          "upsert",
          Map.of(
              "ids",
              some.stream().map(StoredPiece::id).toList(),
              "embeddings",
              some.stream().map(each -> each.piece().vector().parts()).toList(),
              "metadatas",
              some.stream().map(StoredPiece::fields).toList()));
    }
  }

  @Override
  public void remove(Collection<String> units) {
    for (List<String> some : Batches.of(units)) {
      ask("delete", Map.of("where", Map.of("unit", Map.of("$in", some))));
    }
  }

  @Override
  public List<Near> nearest(Vector target, Among among, int most) {
    Map<String, Object> query = new HashMap<>();
    query.put("query_embeddings", List.of(target.parts()));
    query.put("n_results", most);
    query.put("include", List.of("metadatas", "distances"));
    switch (among) {
      case Among.Only(var only) -> query.put("where", Map.of("unit", Map.of("$in", only)));
      case Among.Except(var except) -> {
        if (!except.isEmpty()) {
          query.put("where", Map.of("unit", Map.of("$nin", except)));
        }
      }
    }
    JsonNode found = ask("query", query);
    JsonNode fields = found.path("metadatas").path(0);
    List<Near> near = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      near.add(
          new Near(
              fields.path(i).path("path").asString(),
              fields.path(i).path("line").asInt(),
              1 - found.path("distances").path(0).path(i).asDouble()));
    }
    return near;
  }

  @Override
  public void close() {}
}
