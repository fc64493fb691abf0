package dev.capstan.server.mcp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What comes of one message, in the words of JSON-RPC. */
sealed interface Answer {
  int PARSE_ERROR = -32_700;
  int INVALID_REQUEST = -32_600;
  int NO_SUCH_METHOD = -32_601;
  int INVALID_PARAMETERS = -32_602;
  int INTERNAL = -32_603;
  int NO_SUCH_RESOURCE = -32_002;

  /** It was done. */
  record Result(Map<String, ?> value) implements Answer {}

  /** The protocol does not allow it. */
  record Fault(int code, String message) implements Answer {}

  static Result empty() {
    return new Result(Map.of());
  }

  /** A tool's answer; {@code failed} tells the model that it was not done, and the text why. */
  static Result text(String text, boolean failed) {
    return new Result(
        Map.of("content", List.of(Map.of("type", "text", "text", text)), "isError", failed));
  }

  /**
   * The message that tells it to whoever asked with that id; a null one for nobody in particular.
   */
  default Map<String, Object> message(Object id) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("jsonrpc", "2.0");
    message.put("id", id);
    switch (this) {
      case Result(var value) -> message.put("result", value);
      case Fault(var code, var words) ->
          message.put("error", Map.of("code", code, "message", words));
    }
    return message;
  }
}
