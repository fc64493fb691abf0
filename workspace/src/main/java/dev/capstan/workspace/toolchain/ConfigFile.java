package dev.capstan.workspace.toolchain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;

/** An untrusted YAML file as a tree, with the line of each value. No anchors, aliases or tags. */
final class ConfigFile {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * The place of each value is kept by its path, so a longer file could make long paths of many.
   */
  private static final int LONGEST = 64 * 1024;

  private final String name;
  private final JsonNode root;
  private final Map<String, Integer> lines;

  private ConfigFile(String name, JsonNode root, Map<String, Integer> lines) {
    this.name = name;
    this.root = root;
    this.lines = lines;
  }

  static ConfigFile parse(String name, String text) throws Unusable {
    if (text.length() > LONGEST) {
      throw unusable(name, 1, "it is longer than " + LONGEST + " characters");
    }
    try {
      Map<String, Integer> lines = lines(name, text);
      return new ConfigFile(name, MAPPER.readTree(text), lines);
    } catch (JacksonException bad) {
      throw unusable(name, line(bad), bad.getOriginalMessage());
    }
  }

  private static Map<String, Integer> lines(String name, String text) throws Unusable {
    Map<String, Integer> lines = new HashMap<>();
    try (YAMLParser parser = (YAMLParser) MAPPER.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        int line = parser.currentTokenLocation().getLineNr();
        if (parser.isCurrentAlias() || parser.getObjectId() != null || parser.getTypeId() != null) {
          throw unusable(name, line, "anchors, aliases and tags are not allowed; write values out");
        }
        lines.putIfAbsent(parser.streamReadContext().pathAsPointer().toString(), line);
      }
    }
    return lines;
  }

  /** The file as one value. */
  Entry whole() {
    return new Entry("", root);
  }

  Entry entry(String key) {
    return new Entry("/" + key, root.path(key));
  }

  /**
   * A breach of the library's own limits, such as on nesting, has no place: then it is the first.
   */
  static int line(JacksonException bad) {
    TokenStreamLocation at = bad.getLocation();
    return at == null ? 1 : at.getLineNr();
  }

  private static Unusable unusable(String name, int line, String problem) {
    return new Unusable(
        "%s, line %d: %s. See docs/configuration.md.".formatted(name, line, problem));
  }

  /** A value of the file, which may be missing. */
  final class Entry {
    private final String pointer;
    private final JsonNode node;

    private Entry(String pointer, JsonNode node) {
      this.pointer = pointer;
      this.node = node;
    }

    boolean given() {
      return !node.isMissingNode() && !node.isNull();
    }

    boolean isList() {
      return node.isArray();
    }

    boolean isEmptyList() {
      return node.isArray() && node.isEmpty();
    }

    Unusable wrong(String problem) {
      return unusable(name, lines.getOrDefault(pointer, 1), what() + " " + problem);
    }

    private String what() {
      return pointer.isEmpty() ? "the file" : pointer.substring(1);
    }

    /** A map with no other keys than these. */
    Entry withKeys(String... allowed) throws Unusable {
      if (!node.isObject()) {
        throw wrong("must be a map");
      }
      Set<String> unknown = new TreeSet<>(node.propertyNames());
      unknown.removeAll(Set.of(allowed));
      if (!unknown.isEmpty()) {
        throw at(unknown.iterator().next())
            .wrong("is unknown; known are " + Arrays.toString(allowed));
      }
      return this;
    }

    Entry at(String key) {
      return new Entry(pointer + "/" + key, node.path(key));
    }

    List<Entry> items() throws Unusable {
      if (!node.isArray()) {
        throw wrong("must be a list");
      }
      List<Entry> items = new ArrayList<>();
      for (int i = 0; i < node.size(); i++) {
        items.add(new Entry(pointer + "/" + i, node.get(i)));
      }
      return items;
    }

    String text() throws Unusable {
      if (!node.isValueNode() || node.isNull() || node.asString().isEmpty()) {
        throw wrong("must be a text");
      }
      if (node.asString().indexOf('\0') >= 0) {
        throw wrong("must not hold a NUL character");
      }
      return node.asString();
    }

    List<String> texts() throws Unusable {
      List<String> texts = new ArrayList<>();
      for (Entry item : items()) {
        texts.add(item.text());
      }
      return texts;
    }

    Map<String, String> textsByName() throws Unusable {
      if (!node.isObject()) {
        throw wrong("must be a map");
      }
      Map<String, String> texts = new HashMap<>();
      for (String key : node.propertyNames()) {
        texts.put(key, at(key).text());
      }
      return texts;
    }

    boolean flag() throws Unusable {
      if (!node.isBoolean()) {
        throw wrong("must be true or false");
      }
      return node.booleanValue();
    }

    int number(int least, int most) throws Unusable {
      if (!node.isInt() || node.intValue() < least || node.intValue() > most) {
        throw wrong("must be a whole number from %d to %d".formatted(least, most));
      }
      return node.intValue();
    }
  }
}
