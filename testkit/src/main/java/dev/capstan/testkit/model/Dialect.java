package dev.capstan.testkit.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One wire protocol, as a server speaks it. */
interface Dialect {
  JsonMapper JSON = JsonMapper.builder().build();

  /** What is asked, if such a request is one of this protocol. */
  Optional<Asked> read(String path, String body);

  /** The answer as a stream. */
  List<ServerEvent> stream(Asked asked, Reply reply);

  /** The answer as one object. */
  Object whole(Reply reply);

  /** An error. */
  Object error(int status, String message);

  /** All of them. */
  static List<Dialect> all() {
    return List.of(
        new ResponsesDialect(), new ChatDialect(), new MessagesDialect(), new GeminiDialect());
  }

  static JsonNode parse(String body) {
    return body.isBlank() ? JSON.createObjectNode() : JSON.readTree(body);
  }

  static String write(Object value) {
    return JSON.writeValueAsString(value);
  }

  static ServerEvent named(String type, Map<String, Object> fields) {
    return new ServerEvent(type, write(fields));
  }
}
