package dev.capstan.models.wire;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gemini's generateContent: the model stands in the path, and each piece tells the usage so far.
 */
final class Gemini implements Wire {
  private static final Pattern PATH =
      Pattern.compile("/v1(?:beta)?/models/([^/:]{1,200}):(generateContent|streamGenerateContent)");

  @Override
  public Protocol protocol() {
    return Protocol.GEMINI;
  }

  @Override
  public Optional<Question> read(String path, String query, ObjectNode body) {
    Matcher parts = PATH.matcher(path);
    return parts.matches()
        ? Optional.of(
            new Question(this, parts.group(1), parts.group(2).startsWith("stream"), "", body))
        : Optional.empty();
  }

  @Override
  public String path(Question question, String model) {
    return "/v1beta/models/"
        + model
        + (question.streams() ? ":streamGenerateContent?alt=sse" : ":generateContent");
  }

  @Override
  public ObjectNode body(Question question, String model) {
    return question.body().deepCopy();
  }

  @Override
  public Map<String, String> credentials(String key) {
    return Map.of("x-goog-api-key", key);
  }

  @Override
  public void addNotice(ObjectNode body, String notice) {
    ArrayNode contents =
        body.path("contents") instanceof ArrayNode given ? given : body.putArray("contents");
    contents.add(
        JSON.valueToTree(Map.of("role", "user", "parts", List.of(Map.of("text", notice)))));
  }

  @Override
  public long mostOutput(ObjectNode body, long otherwise) {
    return body.path("generationConfig").path("maxOutputTokens").asLong(otherwise);
  }

  @Override
  public Meter meter() {
    return new LastUsage() {
      @Override
      public void observe(JsonNode piece) {
        endIf(piece.path("candidates").path(0).path("finishReason").isString());
        endIf(piece.path("promptFeedback").path("blockReason").isString());
        JsonNode usage = piece.path("usageMetadata");
        if (usage.isObject()) {
          long thoughts = usage.path("thoughtsTokenCount").asLong(0);
          tell(
              new Usage(
                  usage.path("promptTokenCount").asLong(0),
                  usage.path("cachedContentTokenCount").asLong(0),
                  0,
                  usage.path("candidatesTokenCount").asLong(0) + thoughts,
                  thoughts));
        }
      }
    };
  }

  @Override
  public String error(int status, String kind, String message) {
    return JSON.writeValueAsString(
        Map.of("error", Map.of("code", status, "message", message, "status", kind)));
  }

  @Override
  public String errorEvent(String kind, String message) {
    return "data: " + error(500, kind, message) + "\n\n";
  }
}
