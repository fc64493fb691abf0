package dev.capstan.adapters.neo4j;

import dev.capstan.knowledge.graph.Edge;
import java.util.HashMap;
import java.util.Map;
import org.neo4j.driver.Value;

/** An edge as properties. */
final class StoredEdge {
  private StoredEdge() {}

  /** Each with that before its name. */
  static Map<String, Object> of(Edge edge, String prefix) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(prefix + "type", edge.type().name());
    properties.put(prefix + "from", edge.from());
    properties.put(prefix + "to", edge.to());
    properties.put(prefix + "name", edge.name());
    properties.put(prefix + "path", edge.path());
    properties.put(prefix + "line", edge.line());
    properties.put(prefix + "state", edge.state().name());
    properties.put(prefix + "strategy", edge.strategy());
    properties.put(prefix + "confidence", edge.confidence());
    properties.put(prefix + "candidates", edge.candidates());
    properties.put(prefix + "some", edge.some());
    return properties;
  }

  static Edge read(Value properties, String prefix) {
    return new Edge(
        Edge.Type.valueOf(properties.get(prefix + "type").asString()),
        properties.get(prefix + "from").asString(),
        properties.get(prefix + "to").asString(),
        properties.get(prefix + "name").asString(),
        properties.get(prefix + "path").asString(),
        properties.get(prefix + "line").asInt(),
        Edge.State.valueOf(properties.get(prefix + "state").asString()),
        properties.get(prefix + "strategy").asString(),
        properties.get(prefix + "confidence").asDouble(),
        properties.get(prefix + "candidates").asInt(),
        properties.get(prefix + "some").asList(Value::asString));
  }
}
