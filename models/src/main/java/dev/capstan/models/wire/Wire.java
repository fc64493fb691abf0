package dev.capstan.models.wire;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the gateway has to know of a protocol. */
public interface Wire {
  JsonMapper JSON = JsonMapper.builder().build();

  /** Of which all requests are. */
  List<Wire> ALL = List.of(new Responses(), new ChatCompletions(), new Messages(), new Gemini());

  Protocol protocol();

  /** The question, if a request to that path is one of this protocol. */
  Optional<Question> read(String path, String query, ObjectNode body);

  /** Where it goes below the provider's base URL. */
  String path(Question question, String model);

  /** The body for the provider: its own name of the model, and usage asked for. */
  ObjectNode body(Question question, String model);

  /** What lets us in at the provider. */
  Map<String, String> credentials(String key);

  /** Adds a text that the model reads last. */
  void addNotice(ObjectNode body, String notice);

  /** How much it may say at most, if it is told. */
  long mostOutput(ObjectNode body, long otherwise);

  Meter meter();

  /** An error as this protocol has it. */
  String error(int status, String kind, String message);

  /** An error within a stream, with the empty line at its end. */
  String errorEvent(String kind, String message);

  /** The list of models as this protocol's clients ask for it. */
  static String models(List<String> names) {
    return JSON.writeValueAsString(
        Map.of(
            "object",
            "list",
            "data",
            names.stream()
                .map(name -> Map.of("id", name, "object", "model", "owned_by", "capstan"))
                .toList()));
  }
}
