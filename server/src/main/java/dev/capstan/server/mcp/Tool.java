package dev.capstan.server.mcp;

import dev.capstan.control.access.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something that a client can call.
 *
 * @param scope what a token needs for it, as for its counterpart over REST
 * @param changes whether it changes anything
 */
record Tool(
    String name,
    String title,
    String description,
    Scope scope,
    boolean changes,
    List<Parameter> parameters,
    Work work) {
  Tool {
    parameters = List.copyOf(parameters);
  }

  /** Answers a call; throws {@code ApiException} if it cannot be answered as asked. */
  @FunctionalInterface
  interface Work {
    String answer(Arguments arguments) throws InterruptedException;
  }

  static Tool reading(
      String name, String title, String description, List<Parameter> parameters, Work work) {
    return new Tool(name, title, description, Scope.READER, false, parameters, work);
  }

  /** As clients are told of it. */
  Map<String, Object> shown() {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("name", name);
    shown.put("title", title);
    shown.put("description", description);
    shown.put("inputSchema", Parameter.schema(parameters));
    shown.put(
        "annotations", Map.of("title", title, "readOnlyHint", !changes, "openWorldHint", changes));
    return shown;
  }
}
