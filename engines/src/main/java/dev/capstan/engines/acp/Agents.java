package dev.capstan.engines.acp;

import dev.capstan.engines.acp.Agent.Form;
import dev.capstan.engines.acp.Permissions.Decision;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads how agents are started: those that are known, and those of an installation. */
public final class Agents {
  private static final List<String> KEYS =
      List.of("command", "environment", "home", "model", "mode", "permissions", "folders", "form");
  private static final String FILE = "agents.yaml";
  private static final YAMLMapper YAML = new YAMLMapper();

  private Agents() {}

  /** Agents that were tried, as their makers deliver them. */
  public static List<Agent> known() {
    try (InputStream text = Agents.class.getResourceAsStream("agents.yaml")) {
      return read(YAML.readTree(Objects.requireNonNull(text)), Map.of());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Those whose program is on this machine: the known ones, and those that a folder's {@code
   * agents.yaml} adds or describes anew.
   *
   * @param path of programs, as in the variable
   * @throws IllegalArgumentException with every mistake in the file
   */
  public static List<Agent> installed(Path folder, String path) {
    Map<String, Agent> agents = new TreeMap<>();
    known().forEach(agent -> agents.put(agent.name(), agent));
    own(folder.resolve(FILE)).forEach(agent -> agents.put(agent.name(), agent));
    return agents.values().stream()
        .filter(agent -> isInstalled(agent.command().getFirst(), path))
        .toList();
  }

  private static List<Agent> own(Path file) {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try {
      return read(Files.readString(file));
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + file, failure);
    } catch (IllegalArgumentException mistakes) {
      throw new IllegalArgumentException(file + ": " + mistakes.getMessage(), mistakes);
    }
  }

  private static boolean isInstalled(String program, String path) {
    return program.contains("/")
        ? Files.isExecutable(Path.of(program))
        : Stream.of(path.split(":"))
            .filter(folder -> !folder.isEmpty())
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /**
   * Agents from YAML: a name, then how it is started. What is not said of a known one is as it is
   * known.
   *
   * @throws IllegalArgumentException with every mistake
   */
  public static List<Agent> read(String yaml) {
    try {
      Map<String, Agent> known =
          known().stream().collect(Collectors.toMap(Agent::name, Function.identity()));
      return read(YAML.readTree(yaml), known);
    } catch (JacksonException broken) {
      throw new IllegalArgumentException("not YAML: " + broken.getOriginalMessage(), broken);
    }
  }

  private static List<Agent> read(JsonNode document, Map<String, Agent> known) {
    if (!document.isObject()) {
      throw new IllegalArgumentException("agents are given as a name and how it is started");
    }
    List<Agent> agents = new ArrayList<>();
    List<String> mistakes = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : document.properties()) {
      try {
        agents.add(agent(entry.getKey(), entry.getValue(), known));
      } catch (IllegalArgumentException mistake) {
        mistakes.add(entry.getKey() + ": " + mistake.getMessage());
      }
    }
    if (!mistakes.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", mistakes));
    }
    return agents;
  }

  private static Agent agent(String name, JsonNode given, Map<String, Agent> known) {
    if (!name.matches("[a-z][a-z0-9-]{0,40}")) {
      throw new IllegalArgumentException(
          "a name is made of lower-case letters, digits and hyphens");
    }
    given
        .propertyStream()
        .map(Map.Entry::getKey)
        .filter(key -> !KEYS.contains(key))
        .findFirst()
        .ifPresent(key -> {
          throw new IllegalArgumentException("there is no \"" + key + "\"; there are " + KEYS);
        });
    Optional<Agent> usual = Optional.ofNullable(known.get(name));
    return new Agent(
        name,
        usual
            .filter(_ -> !given.has("command"))
            .map(Agent::command)
            .orElseGet(() -> words(given.path("command"), "command")),
        usual
            .filter(_ -> !given.has("environment"))
            .map(Agent::environment)
            .orElseGet(() -> texts(given.path("environment"), "environment")),
        usual
            .filter(_ -> !given.has("home"))
            .map(Agent::home)
            .orElseGet(() -> texts(given.path("home"), "home")),
        given.path("model").asString(usual.map(Agent::model).orElse("")),
        Optional.of(given.path("mode").asString("")).filter(mode -> !mode.isEmpty()),
        permissions(given.path("permissions")),
        words(given.path("folders"), "folders").stream().map(Path::of).toList(),
        form(given.path("form"), usual));
  }

  private static Form form(JsonNode given, Optional<Agent> usual) {
    return switch (given.asString("")) {
      case "" -> usual.map(Agent::form).orElse(Form.PROTOCOL);
      case "acp" -> Form.PROTOCOL;
      case "command" -> Form.COMMAND_LINE;
      default ->
          throw new IllegalArgumentException(
              "form is acp or command, not \"" + given.asString() + '"');
    };
  }

  private static List<String> words(JsonNode list, String key) {
    if (!list.isMissingNode() && !list.isArray()) {
      throw new IllegalArgumentException(key + " is a list of words");
    }
    List<String> words = new ArrayList<>();
    list.forEach(word -> words.add(word.asString()));
    return words;
  }

  private static Map<String, String> texts(JsonNode map, String key) {
    if (!map.isMissingNode() && !map.isObject()) {
      throw new IllegalArgumentException(key + " has a text for each name");
    }
    Map<String, String> texts = new HashMap<>();
    map.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString()));
    return texts;
  }

  private static Permissions permissions(JsonNode map) {
    Map<String, Decision> decisions = new HashMap<>(Permissions.WITHIN_THE_FENCE.byKind());
    texts(map, "permissions").forEach((kind, word) -> decisions.put(kind, decision(kind, word)));
    return new Permissions(decisions);
  }

  private static Decision decision(String kind, String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "allow" -> Decision.ALLOW;
      case "refuse" -> Decision.REFUSE;
      default ->
          throw new IllegalArgumentException(
              "permissions." + kind + " is allow or refuse, not \"" + word + '"');
    };
  }
}
