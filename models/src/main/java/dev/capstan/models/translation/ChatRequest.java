package dev.capstan.models.translation;

import dev.capstan.models.wire.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request in Messages, in the words of Chat Completions. What the other protocol has no word for
 * is left out: marks for the cache, thinking, and tools of the provider's own.
 */
final class ChatRequest {
  private final ObjectNode body;

  ChatRequest(ObjectNode body) {
    this.body = body;
  }

  ObjectNode translated() {
    ObjectNode chat = Wire.JSON.createObjectNode();
    for (String same : List.of("model", "stream", "max_tokens", "temperature", "top_p")) {
      if (body.has(same)) {
        chat.set(same, body.get(same));
      }
    }
    if (body.has("stop_sequences")) {
      chat.set("stop", body.get("stop_sequences"));
    }
    ArrayNode messages = chat.putArray("messages");
    String system = text(body.path("system"));
    if (!system.isEmpty()) {
      messages.add(message("system", system));
    }
    body.path("messages").forEach(message -> add(messages, message));
    tools(chat);
    return chat;
  }

  private static ObjectNode message(String role, String text) {
    return Wire.JSON.createObjectNode().put("role", role).put("content", text);
  }

  private static void add(ArrayNode messages, JsonNode message) {
    JsonNode content = message.path("content");
    if (content.isString()) {
      messages.add(message(message.path("role").asString("user"), content.asString()));
    } else if (message.path("role").asString("").equals("assistant")) {
      messages.add(assistant(content));
    } else {
      parts(content, "tool_result")
          .forEach(result -> {
            ObjectNode tool = message("tool", text(result.path("content")));
            messages.add(tool.put("tool_call_id", result.path("tool_use_id").asString("")));
          });
      user(messages, content);
    }
  }

  private static void user(ArrayNode messages, JsonNode content) {
    ArrayNode parts = Wire.JSON.createArrayNode();
    for (JsonNode part : content) {
      switch (part.path("type").asString("")) {
        case "text" ->
            parts.addObject().put("type", "text").put("text", part.path("text").asString(""));
        case "image" ->
            parts.addObject().put("type", "image_url").set("image_url", image(part.path("source")));
        default -> {}
      }
    }
    if (!parts.isEmpty()) {
      messages.addObject().put("role", "user").set("content", parts);
    }
  }

  private static ObjectNode image(JsonNode source) {
    String url =
        source.has("url")
            ? source.path("url").asString("")
            : "data:%s;base64,%s"
                .formatted(
                    source.path("media_type").asString(""), source.path("data").asString(""));
    return Wire.JSON.createObjectNode().put("url", url);
  }

  private static ObjectNode assistant(JsonNode content) {
    ObjectNode message = Wire.JSON.createObjectNode().put("role", "assistant");
    String said = text(content);
    if (said.isEmpty()) {
      message.putNull("content");
    } else {
      message.put("content", said);
    }
    List<JsonNode> uses = parts(content, "tool_use");
    if (!uses.isEmpty()) {
      ArrayNode calls = message.putArray("tool_calls");
      uses.forEach(use -> {
        ObjectNode call = calls.addObject();
        call.put("id", use.path("id").asString("")).put("type", "function");
        call.putObject("function")
            .put("name", use.path("name").asString(""))
            .put("arguments", use.path("input").toString());
      });
    }
    return message;
  }

  private static List<JsonNode> parts(JsonNode content, String type) {
    List<JsonNode> found = new ArrayList<>();
    content.forEach(part -> {
      if (part.path("type").asString("").equals(type)) {
        found.add(part);
      }
    });
    return found;
  }

  /** Of a text, or of the texts among parts. */
  private static String text(JsonNode content) {
    return content.isString()
        ? content.asString()
        : parts(content, "text").stream()
            .map(part -> part.path("text").asString(""))
            .collect(Collectors.joining("\n"));
  }

  private void tools(ObjectNode chat) {
    ArrayNode tools = Wire.JSON.createArrayNode();
    for (JsonNode tool : body.path("tools")) {
      if (tool.has("input_schema")) {
        ObjectNode function = tools.addObject().put("type", "function").putObject("function");
        function.put("name", tool.path("name").asString(""));
        function.put("description", tool.path("description").asString(""));
        function.set("parameters", tool.get("input_schema"));
      }
    }
    if (!tools.isEmpty()) {
      chat.set("tools", tools);
      choice(chat);
    }
  }

  private void choice(ObjectNode chat) {
    JsonNode choice = body.path("tool_choice");
    switch (choice.path("type").asString("")) {
      case "auto" -> chat.put("tool_choice", "auto");
      case "any" -> chat.put("tool_choice", "required");
      case "none" -> chat.put("tool_choice", "none");
      case "tool" ->
          chat.set(
              "tool_choice",
              Wire.JSON.valueToTree(
                  Map.of(
                      "type",
                      "function",
                      "function",
                      Map.of("name", choice.path("name").asString("")))));
      default -> {}
    }
  }
}
