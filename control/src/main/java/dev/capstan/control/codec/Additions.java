package dev.capstan.control.codec;

import dev.capstan.core.evidence.Responses;
import dev.capstan.core.evidence.Rules;
import dev.capstan.core.policy.Policy;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Properties that a stored record lacks because it was written before there were any, and the value
 * that was meant then. Only a property whose old meaning is certain may be added this way; any
 * other change of shape gets a new name in {@link EventCodec}.
 */
final class Additions {
  /**
   * One addition.
   *
   * @param marks properties by which objects of the record are known
   * @param property what they may lack
   * @param meant the value of those that lack it
   */
  private record Addition(List<String> marks, String property, Object meant) {}

  /** As they are written: a sealed type tells its case. */
  private static final Map<String, String> RETRIED = Map.of("type", "retry");

  private static final Map<String, String> FRESH = Map.of("type", "fresh");

  private static final Map<String, String> NOT_SCORED =
      Map.of("type", "not-scored", "reason", "it was recorded before there were scores");

  private static final List<Addition> ADDITIONS =
      List.of(
          new Addition(List.of("number", "engine", "from"), "toFix", List.of()),
          new Addition(List.of("number", "engine", "from"), "answers", List.of()),
          new Addition(List.of("number", "engine", "from"), "instructions", List.of()),
          new Addition(List.of("number", "engine", "from"), "start", FRESH),
          new Addition(List.of("run", "project", "goal", "plan", "policy"), "stops", List.of()),
          new Addition(List.of("attempt", "failure", "nextEngine"), "response", RETRIED),
          new Addition(List.of("planApproval", "parallelSteps"), "rules", Policy.NONE),
          new Addition(List.of("commit", "checks", "violations"), "confidence", NOT_SCORED),
          new Addition(List.of("commit", "checks", "violations"), "ignored", List.of()),
          new Addition(List.of("protectedPaths"), "responses", Responses.DEFAULT),
          new Addition(List.of("protectedPaths"), "largest", Rules.Size.UNLIMITED),
          new Addition(List.of("mayChangeNothing"), "judge", List.of()),
          new Addition(List.of("mayChangeNothing"), "rules", Rules.DEFAULT));

  private Additions() {}

  /** True if anything was missing. */
  static boolean complete(JsonNode tree) {
    boolean added = false;
    if (tree instanceof ObjectNode object) {
      for (Addition addition : ADDITIONS) {
        if (addition.marks().stream().allMatch(object::has) && !object.has(addition.property())) {
          object.set(addition.property(), Json.MAPPER.valueToTree(addition.meant()));
          added = true;
        }
      }
    }
    for (JsonNode child : tree) {
      added |= complete(child);
    }
    return added;
  }
}
