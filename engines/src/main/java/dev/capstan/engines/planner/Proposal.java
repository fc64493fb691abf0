package dev.capstan.engines.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a model answers when it is asked for a plan, as far as it has the shape that was asked for.
 */
record Proposal(String question, List<ProposedStep> steps, List<String> mistakes) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> FIELDS =
      List.of(
          "id",
          "kind",
          "title",
          "reason",
          "scope",
          "after",
          "engine",
          "role",
          "confidence",
          "tokens",
          "minutes");

  Proposal {
    steps = List.copyOf(steps);
    mistakes = List.copyOf(mistakes);
  }

  /** What it is to be, as JSON Schema. */
  static JsonNode schema(Set<String> engines, Set<String> roles, int most) {
    Map<String, Object> text = Map.of("type", "string");
    Map<String, Object> texts = Map.of("type", "array", "items", text);
    Map<String, Object> step =
        Map.of(
            "type",
            "object",
            "additionalProperties",
            false,
            "required",
            FIELDS,
            "properties",
            Map.ofEntries(
                Map.entry("id", Map.of("type", "string", "pattern", "^[a-z0-9][a-z0-9-]{0,39}$")),
                Map.entry("kind", Map.of("type", "string", "pattern", "^[a-z]{1,20}$")),
                Map.entry("title", text),
                Map.entry("reason", text),
                Map.entry("scope", texts),
                Map.entry("after", texts),
                Map.entry("engine", Map.of("type", "string", "enum", new TreeSet<>(engines))),
                Map.entry("role", Map.of("type", "string", "enum", new TreeSet<>(roles))),
                Map.entry("confidence", Map.of("type", "integer", "minimum", 0, "maximum", 100)),
                Map.entry("tokens", Map.of("type", "integer", "minimum", 0)),
                Map.entry("minutes", Map.of("type", "integer", "minimum", 0))));
    return JSON.valueToTree(
        Map.of(
            "type",
            "object",
            "additionalProperties",
            false,
            "required",
            List.of("question", "steps"),
            "properties",
            Map.of(
                "question",
                text,
                "steps",
                Map.of("type", "array", "maxItems", most, "items", step))));
  }

  /** Reads an answer; text around the object, as some models cannot leave it, is left out. */
  static Proposal read(String answer) {
    int open = answer.indexOf('{');
    int close = answer.lastIndexOf('}');
    if (open < 0 || close < open) {
      return wrong("the answer is no JSON object");
    }
    try {
      JsonNode read = JSON.readTree(answer.substring(open, close + 1));
      return read(read);
    } catch (JacksonException malformed) {
      return wrong("the answer is no JSON: " + malformed.getOriginalMessage());
    }
  }

  private static Proposal wrong(String mistake) {
    return new Proposal("", List.of(), List.of(mistake));
  }

  private static Proposal read(JsonNode read) {
    List<String> mistakes = new ArrayList<>();
    read.propertyStream()
        .map(Map.Entry::getKey)
        .filter(name -> !name.equals("question") && !name.equals("steps"))
        .forEach(name -> mistakes.add("there is no \"" + name + "\" in the answer"));
    if (!read.path("steps").isArray()) {
      return wrong("\"steps\" is not a list");
    }
    List<ProposedStep> steps = new ArrayList<>();
    for (JsonNode step : read.path("steps")) {
      String name = "step " + step.path("id").asString(String.valueOf(steps.size() + 1));
      List<String> wrong = shape(step);
      wrong.forEach(mistake -> mistakes.add(name + ": " + mistake));
      if (wrong.isEmpty()) {
        steps.add(step(step));
      }
    }
    return new Proposal(read.path("question").asString("").strip(), steps, mistakes);
  }

  /** What is not of the schema. */
  private static List<String> shape(JsonNode step) {
    List<String> wrong = new ArrayList<>();
    step.propertyStream()
        .map(Map.Entry::getKey)
        .filter(name -> !FIELDS.contains(name))
        .forEach(name -> wrong.add("a step has no \"" + name + '"'));
    for (String text : List.of("id", "kind", "title", "reason", "engine", "role")) {
      if (!step.path(text).isString()) {
        wrong.add('"' + text + "\" is not a text");
      }
    }
    for (String list : List.of("scope", "after")) {
      if (!step.path(list).isArray()
          || StreamSupport.stream(step.path(list).spliterator(), false)
              .anyMatch(one -> !one.isString())) {
        wrong.add('"' + list + "\" is not a list of texts");
      }
    }
    for (String number : List.of("confidence", "tokens", "minutes")) {
      if (!step.path(number).isIntegralNumber() || step.path(number).asLong(-1) < 0) {
        wrong.add('"' + number + "\" is not a whole number from 0");
      }
    }
    return wrong;
  }

  private static ProposedStep step(JsonNode step) {
    return new ProposedStep(
        step.path("id").asString(),
        step.path("kind").asString(),
        step.path("title").asString().strip(),
        step.path("reason").asString().strip(),
        texts(step.path("scope")),
        texts(step.path("after")),
        step.path("engine").asString(),
        step.path("role").asString(),
        (int) Math.min(100, step.path("confidence").asLong()),
        step.path("tokens").asLong(),
        step.path("minutes").asLong());
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asString).toList();
  }
}
