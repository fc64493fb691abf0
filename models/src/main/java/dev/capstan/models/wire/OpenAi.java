package dev.capstan.models.wire;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What both protocols of OpenAI have in common. */
abstract sealed class OpenAi implements Wire permits Responses, ChatCompletions {
  private final String path;

  OpenAi(String path) {
    this.path = path;
  }

  @Override
  public Optional<Question> read(String asked, String query, ObjectNode body) {
    return asked.equals("/v1" + path) || asked.equals(path)
        ? Optional.of(
            new Question(
                this,
                body.path("model").asString(""),
                body.path("stream").asBoolean(false),
                "",
                body))
        : Optional.empty();
  }

  @Override
  public String path(Question question, String model) {
    return path;
  }

  @Override
  public ObjectNode body(Question question, String model) {
    ObjectNode body = question.body().deepCopy();
    body.put("model", model);
    return body;
  }

  @Override
  public Map<String, String> credentials(String key) {
    return Map.of("Authorization", "Bearer " + key);
  }

  @Override
  public String error(int status, String kind, String message) {
    return JSON.writeValueAsString(
        Map.of("error", Map.of("message", message, "type", kind, "code", kind)));
  }

  /** As both say it: {@code details} holds what is part of the input and of the output. */
  static Optional<Usage> read(JsonNode usage, String input, String output) {
    return usage.path(input).isNumber()
        ? Optional.of(
            new Usage(
                usage.path(input).asLong(),
                usage.path(input + "_details").path("cached_tokens").asLong(0),
                0,
                usage.path(output).asLong(0),
                usage.path(output + "_details").path("reasoning_tokens").asLong(0)))
        : Optional.empty();
  }
}
