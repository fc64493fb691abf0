package dev.capstan.server;

import dev.capstan.control.access.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One operation as the committed {@code api/openapi.json} states it.
 *
 * @param path with its parameters in braces
 * @param type of its body
 * @param schemes who may use it, each with the scope it needs; none if it is open to all
 * @param answers the status codes it states
 * @param inputs the names of its parameters and of the fields of its body
 */
record DocumentedOperation(
    String method,
    String path,
    String type,
    Map<String, String> schemes,
    Set<String> answers,
    Set<String> inputs) {
  private static final Path COMMITTED = Path.of("..", "api", "openapi.json");

  /** All of them, one for each media type that it takes. */
  static List<DocumentedOperation> all() throws IOException {
    JsonNode api = JsonMapper.shared().readTree(Files.readString(COMMITTED));
    List<DocumentedOperation> all = new ArrayList<>();
    api.get("paths")
        .forEachEntry((path, operations) ->
            operations.forEachEntry((method, operation) -> {
              for (String type : types(operation)) {
                all.add(
                    new DocumentedOperation(
                        method.toUpperCase(Locale.ROOT),
                        path,
                        type,
                        schemes(api, operation),
                        Set.copyOf(operation.get("responses").propertyNames()),
                        inputs(api, operation)));
              }
            }));
    return all;
  }

  private static Set<String> types(JsonNode operation) {
    Set<String> types = new TreeSet<>(operation.at("/requestBody/content").propertyNames());
    types.remove("*/*");
    return types.isEmpty() ? Set.of(Door.JSON) : types;
  }

  private static Map<String, String> schemes(JsonNode api, JsonNode operation) {
    Map<String, String> schemes = new TreeMap<>();
    JsonNode stated = operation.has("security") ? operation.get("security") : api.get("security");
    stated.forEach(one ->
        one.forEachEntry((scheme, roles) -> schemes.put(scheme, roles.path(0).asString(""))));
    return schemes;
  }

  private static Set<String> inputs(JsonNode api, JsonNode operation) {
    Set<String> inputs = new TreeSet<>();
    operation.path("parameters").forEach(one -> inputs.add(one.get("name").asString()));
    operation
        .at("/requestBody/content")
        .forEach(content -> {
          String schema = content.at("/schema/$ref").asString("").replaceFirst("^#", "");
          inputs.addAll(api.at(schema + "/properties").propertyNames());
        });
    return inputs;
  }

  /** True if its path names one thing. */
  boolean isOfOneThing() {
    return path.contains("{");
  }

  boolean isOpen() {
    return schemes.isEmpty();
  }

  /** True if a signature opens it, and no token. */
  boolean isSigned() {
    return !isOpen() && !schemes.containsKey(ApiDescription.TOKEN);
  }

  /** Throws if none is stated. */
  Scope needed() {
    String word = schemes.getOrDefault(ApiDescription.TOKEN, "");
    return Scope.of(word)
        .orElseThrow(() -> new AssertionError("the description states no scope of " + address()));
  }

  String address() {
    return method + ' ' + path;
  }
}
