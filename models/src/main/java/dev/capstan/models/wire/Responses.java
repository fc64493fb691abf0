package dev.capstan.models.wire;

import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's Responses: the last event bears the whole answer. */
final class Responses extends OpenAi {
  private static final Set<String> ENDS =
      Set.of("response.completed", "response.incomplete", "response.failed");

  Responses() {
    super("/responses");
  }

  @Override
  public Protocol protocol() {
    return Protocol.RESPONSES;
  }

  @Override
  public void addNotice(ObjectNode body, String notice) {
    JsonNode input = body.path("input");
    ArrayNode items = body.putArray("input");
    if (input instanceof ArrayNode list) {
      items.addAll(list);
    } else {
      items.addPOJO(Map.of("type", "message", "role", "user", "content", input.asString("")));
    }
    items.add(
        JSON.valueToTree(
            Map.of(
                "type", "message",
                "role", "user",
                "content", List.of(Map.of("type", "input_text", "text", notice)))));
  }

  @Override
  public long mostOutput(ObjectNode body, long otherwise) {
    return body.path("max_output_tokens").asLong(otherwise);
  }

  @Override
  public Meter meter() {
    return new LastUsage() {
      @Override
      public void observe(JsonNode piece) {
        boolean whole = piece.path("object").asString("").equals("response");
        JsonNode response = whole ? piece : piece.path("response");
        if (whole || ENDS.contains(piece.path("type").asString(""))) {
          endIf(true);
          read(response.path("usage"), "input_tokens", "output_tokens").ifPresent(this::tell);
        }
      }
    };
  }

  @Override
  public String errorEvent(String kind, String message) {
    return "event: error\ndata: "
        + JSON.writeValueAsString(Map.of("type", "error", "code", kind, "message", message))
        + "\n\n";
  }
}
