package dev.capstan.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code capstan.yaml}: the same settings as the variables, with every mistake and its line. */
final class ConfigurationFile {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final long LARGEST = 256 << 10;

  private final Path file;
  private final Map<String, Integer> lines = new HashMap<>();
  private final Map<Key, String> values = new EnumMap<>(Key.class);
  private final List<String> mistakes = new ArrayList<>();

  private ConfigurationFile(Path file) {
    this.file = file;
  }

  /** Throws {@link InvalidSetting} only if there is no such file. */
  static ConfigurationFile read(Path file) {
    ConfigurationFile read = new ConfigurationFile(file);
    try {
      if (Files.size(file) > LARGEST) {
        throw new InvalidSetting(file + " is larger than 256 KiB");
      }
      read.parse(Files.readString(file));
      return read;
    } catch (IOException unreadable) {
      throw new InvalidSetting("the configuration " + file + " cannot be read: " + unreadable);
    }
  }

  private void parse(String text) {
    try {
      remember(text);
      JsonNode root = YAML.readTree(text);
      if (root.isObject()) {
        walk("", root);
      } else if (!root.isMissingNode() && !root.isNull()) {
        mistake("", "the file must be a map of settings");
      }
    } catch (JacksonException malformed) {
      TokenStreamLocation at = malformed.getLocation();
      mistakes.add(place(at == null ? 1 : at.getLineNr()) + malformed.getOriginalMessage());
    }
  }

  private void remember(String text) {
    try (var parser = YAML.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        String path = parser.streamReadContext().pathAsPointer().toString();
        lines.putIfAbsent(
            path.replaceFirst("^/", "").replace('/', '.'),
            parser.currentTokenLocation().getLineNr());
      }
    }
  }

  private void walk(String within, JsonNode map) {
    for (String name : map.propertyNames()) {
      String path = within + name;
      JsonNode node = map.path(name);
      if (Key.at(path).isPresent()) {
        take(Key.at(path).get(), node);
      } else if (Arrays.stream(Key.values()).anyMatch(key -> key.path().startsWith(path + '.'))) {
        if (node.isObject()) {
          walk(path + '.', node);
        } else {
          mistake(path, "must be a map; it may hold " + known(path + '.'));
        }
      } else {
        mistake(path, "is unknown; known are " + known(within));
      }
    }
  }

  private void take(Key key, JsonNode node) {
    boolean list = node.isArray() && key.isList();
    if (node.isNull() || (!node.isValueNode() && !list)) {
      mistake(key.path(), "must be a single value" + (key.isList() ? " or a list" : ""));
      return;
    }
    String value =
        list
            ? StreamSupport.stream(node.spliterator(), false)
                .map(JsonNode::asString)
                .collect(Collectors.joining(","))
            : node.asString();
    values.put(key, value);
  }

  private static String known(String within) {
    return Arrays.stream(Key.values())
        .map(Key::path)
        .filter(path -> path.startsWith(within))
        .map(path -> path.substring(within.length()).replaceFirst("[.].*", ""))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private void mistake(String path, String what) {
    mistakes.add(place(lines.getOrDefault(path, 1)) + path + ' ' + what);
  }

  private String place(int line) {
    return file + ", line " + line + ": ";
  }

  /** Where a setting stands, for messages. */
  String place(Key key) {
    return place(lines.getOrDefault(key.path(), 1)) + key.path() + ' ';
  }

  Map<Key, String> values() {
    return Map.copyOf(values);
  }

  List<String> mistakes() {
    return List.copyOf(mistakes);
  }
}
