package dev.capstan.testkit.qdrant;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** A collection in memory. Its owner sees that one thread uses it at a time. */
final class Points {
  private final int size;
  private final SortedMap<String, Point> points = new TreeMap<>();

  private static final class Point {
    private final double[] vector;
    private final JsonNode payload;

    Point(double[] vector, JsonNode payload) {
      this.vector = vector;
      this.payload = payload;
    }
  }

  private record Scored(double score, Map<String, Object> shown) {}

  Points(int size) {
    this.size = size;
  }

  void put(String id, JsonNode vector, JsonNode payload) {
    if (vector.size() != size) {
      throw new Refused(
          400,
          "Wrong input: Vector dimension error: expected dim: " + size + ", got " + vector.size());
    }
    double[] parts = new double[size];
    double squares = 0;
    for (int i = 0; i < size; i++) {
      parts[i] = vector.path(i).asDouble();
      squares += parts[i] * parts[i];
    }
    for (int i = 0; i < size; i++) {
      parts[i] /= Math.sqrt(squares);
    }
    points.put(id, new Point(parts, payload));
  }

  void delete(JsonNode filter) {
    points.values().removeIf(point -> matches(filter, point.payload));
  }

  /** A page from that id on, and the id of the next. */
  Map<String, Object> scroll(JsonNode request) {
    int limit = request.path("limit").asInt(10);
    JsonNode offset = request.path("offset");
    List<Map<String, Object>> page = new ArrayList<>();
    Optional<String> next = Optional.empty();
    for (Map.Entry<String, Point> each :
        (offset.isString() ? points.tailMap(offset.asString()) : points).entrySet()) {
      if (next.isEmpty() && matches(request.path("filter"), each.getValue().payload)) {
        if (page.size() == limit) {
          next = Optional.of(each.getKey());
        } else {
          page.add(shown(each.getKey(), each.getValue(), request));
        }
      }
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("points", page);
    result.put("next_page_offset", next.orElse(null));
    return result;
  }

  Map<String, Object> query(JsonNode request) {
    JsonNode query = request.path("query");
    if (query.size() != size) {
      throw new Refused(
          400,
          "Wrong input: Vector dimension error: expected dim: " + size + ", got " + query.size());
    }
    List<Map<String, Object>> found =
        points.entrySet().stream()
            .filter(each -> matches(request.path("filter"), each.getValue().payload))
            .map(each ->
                new Scored(
                    cosine(query, each.getValue().vector),
                    shown(each.getKey(), each.getValue(), request)))
            .sorted(Comparator.comparingDouble(Scored::score).reversed())
            .limit(request.path("limit").asInt(10))
            .map(each -> {
              each.shown().put("score", each.score());
              return each.shown();
            })
            .toList();
    return Map.of("points", found);
  }

  private static double cosine(JsonNode query, double[] vector) {
    double product = 0;
    double squares = 0;
    for (int i = 0; i < vector.length; i++) {
      product += query.path(i).asDouble() * vector[i];
      squares += query.path(i).asDouble() * query.path(i).asDouble();
    }
    return product / Math.sqrt(squares);
  }

  private static Map<String, Object> shown(String id, Point point, JsonNode request) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", id);
    Map<String, Object> payload = new LinkedHashMap<>();
    request
        .path("with_payload")
        .forEach(field -> payload.put(field.asString(), point.payload.path(field.asString())));
    shown.put("payload", payload);
    if (request.path("with_vector").asBoolean(false)) {
      shown.put("vector", point.vector);
    }
    return shown;
  }

  private static boolean matches(JsonNode filter, JsonNode payload) {
    return all(filter.path("must"), payload, true) && all(filter.path("must_not"), payload, false);
  }

  private static boolean all(JsonNode conditions, JsonNode payload, boolean wanted) {
    for (JsonNode condition : conditions) {
      JsonNode value = payload.path(condition.path("key").asString());
      JsonNode match = condition.path("match");
      boolean holds = value.equals(match.path("value")) || contains(match.path("any"), value);
      if (holds != wanted) {
        return false;
      }
    }
    return true;
  }

  private static boolean contains(JsonNode some, JsonNode value) {
    for (JsonNode one : some) {
      if (one.equals(value)) {
        return true;
      }
    }
    return false;
  }
}
