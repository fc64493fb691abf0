package dev.capstan.models.catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What is wrong with a file, all of it. */
final class Mistakes {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String file;
  private final List<String> found = new ArrayList<>();

  Mistakes(String file) {
    this.file = file;
  }

  void add(String place, String what) {
    found.add(file + ": " + place + ' ' + what);
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidModels(found);
    }
  }

  /** The file as a map; an empty one if it is none. */
  JsonNode read(String text) {
    try {
      JsonNode root = YAML.readTree(text);
      if (root.isObject()) {
        return root;
      }
      if (!root.isMissingNode() && !root.isNull()) {
        add("the file", "must be a map");
      }
    } catch (JacksonException malformed) {
      var at = malformed.getLocation();
      add(
          "line " + (at == null ? 1 : at.getLineNr()),
          "is no YAML: " + malformed.getOriginalMessage());
    }
    return YAML.createObjectNode();
  }

  void known(String place, JsonNode map, String... names) {
    map.propertyNames().stream()
        .filter(name -> !Arrays.asList(names).contains(name))
        .forEach(name -> add(place + name, "is unknown; known are " + String.join(", ", names)));
  }

  /** A text; a mistake if it is something else. */
  Optional<String> text(String place, JsonNode map, String name) {
    JsonNode node = map.path(name);
    if (node.isMissingNode()) {
      return Optional.empty();
    }
    if (!node.isString() || node.asString().isBlank()) {
      add(place + name, "must be a text");
      return Optional.empty();
    }
    return Optional.of(node.asString());
  }

  List<String> texts(String place, JsonNode map, String name) {
    List<String> texts = new ArrayList<>();
    JsonNode node = map.path(name);
    if (!node.isMissingNode() && !node.isArray()) {
      add(place + name, "must be a list");
    }
    for (JsonNode each : node) {
      if (each.isString()) {
        texts.add(each.asString());
      } else {
        add(place + name, "must be a list of texts");
      }
    }
    return texts;
  }

  long number(String place, JsonNode map, String name, long otherwise) {
    JsonNode node = map.path(name);
    if (node.isMissingNode()) {
      return otherwise;
    }
    if (!node.isIntegralNumber() || node.asLong() < 1) {
      add(place + name, "must be a whole number from 1");
      return otherwise;
    }
    return node.asLong();
  }

  boolean flag(String place, JsonNode map, String name, boolean otherwise) {
    JsonNode node = map.path(name);
    if (!node.isMissingNode() && !node.isBoolean()) {
      add(place + name, "must be true or false");
    }
    return node.asBoolean(otherwise);
  }
}
