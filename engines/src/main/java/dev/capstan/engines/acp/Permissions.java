package dev.capstan.engines.acp;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * What an agent may do without asking a person. The sandbox holds whatever is answered here; this
 * is about what is said to the agent.
 */
public record Permissions(Map<String, Decision> byKind) {
  /** What is answered. */
  public enum Decision {
    ALLOW,
    REFUSE
  }

  /** The kinds of tools that the protocol knows. */
  private static final List<String> KINDS =
      List.of(
          "read",
          "edit",
          "delete",
          "move",
          "search",
          "execute",
          "think",
          "fetch",
          "switch_mode",
          "other");

  /** Within the fence everything but reaching out of it. */
  public static final Permissions WITHIN_THE_FENCE =
      new Permissions(Map.of("fetch", Decision.REFUSE, "switch_mode", Decision.REFUSE));

  public Permissions {
    byKind = Map.copyOf(byKind);
    byKind.keySet().stream()
        .filter(kind -> !KINDS.contains(kind))
        .findFirst()
        .ifPresent(kind -> {
          throw new IllegalArgumentException("a kind of tool is one of " + KINDS + ", not " + kind);
        });
  }

  Decision decide(String kind) {
    return byKind.getOrDefault(kind, Decision.ALLOW);
  }

  /**
   * The option that says so, for this once if there is one. Chosen by its kind: the order of
   * options and their names differ from agent to agent.
   */
  Optional<String> option(JsonNode options, Decision decision) {
    List<String> kinds =
        switch (decision) {
          case ALLOW -> List.of("allow_once", "allow_always");
          case REFUSE -> List.of("reject_once", "reject_always");
        };
    return kinds.stream().flatMap(kind -> of(options, kind).stream()).findFirst();
  }

  private static Optional<String> of(JsonNode options, String kind) {
    return StreamSupport.stream(options.spliterator(), false)
        .filter(option -> option.path("kind").asString("").toLowerCase(Locale.ROOT).equals(kind))
        .map(option -> option.path("optionId").asString(""))
        .findFirst();
  }
}
