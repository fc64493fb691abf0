package dev.capstan.knowledge.analysis;

import dev.capstan.knowledge.analysis.CitedClaim.Citation;
import dev.capstan.knowledge.analysis.Claim.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a model answers when it is asked what it finds, as far as it has the shape that was asked
 * for.
 *
 * @param unread how many findings have another shape, or are too many
 */
public record ModelAnswer(List<CitedClaim> claims, int unread) {
  /** Of claims that are read. */
  public static final int MOST_CLAIMS = 20;

  private static final int MOST_CITATIONS = 5;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public ModelAnswer {
    claims = List.copyOf(claims);
  }

  /** What it is to be, as JSON Schema; the same bytes each time. */
  public static JsonNode schema() {
    return JSON.readTree(
        """
        {"type": "object", "additionalProperties": false, "required": ["findings"], "properties":
         {"findings": {"type": "array", "maxItems": %d, "items":
          {"type": "object", "additionalProperties": false,
           "required": ["kind", "text", "citations"], "properties":
           {"kind": {"type": "string", "enum": ["agreement", "gap", "risk"]},
            "text": {"type": "string"},
            "citations": {"type": "array", "minItems": 1, "maxItems": %d, "items":
             {"type": "object", "additionalProperties": false,
              "required": ["path", "first", "last", "quote"], "properties":
              {"path": {"type": "string"}, "first": {"type": "integer"},
               "last": {"type": "integer"}, "quote": {"type": "string"}}}}}}}}}\
        """
            .formatted(MOST_CLAIMS, MOST_CITATIONS));
  }

  /**
   * Reads an answer; text around the object, as some models cannot leave it, is left out.
   *
   * @return empty if there is no such object
   */
  public static Optional<ModelAnswer> read(String answer) {
    int open = answer.indexOf('{');
    int close = answer.lastIndexOf('}');
    if (open < 0 || close < open) {
      return Optional.empty();
    }
    try {
      JsonNode findings = JSON.readTree(answer.substring(open, close + 1)).path("findings");
      return findings.isArray() ? Optional.of(of(findings)) : Optional.empty();
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  private static ModelAnswer of(JsonNode findings) {
    List<CitedClaim> claims = new ArrayList<>();
    int unread = 0;
    for (JsonNode finding : findings) {
      Optional<CitedClaim> claim = claims.size() < MOST_CLAIMS ? claim(finding) : Optional.empty();
      claim.ifPresent(claims::add);
      unread += claim.isPresent() ? 0 : 1;
    }
    return new ModelAnswer(claims, unread);
  }

  private static Optional<CitedClaim> claim(JsonNode finding) {
    JsonNode cited = finding.path("citations");
    List<Citation> citations = new ArrayList<>();
    for (JsonNode each : cited) {
      if (!each.path("path").isString()
          || !each.path("quote").isString()
          || !isLine(each.path("first"))
          || !isLine(each.path("last"))) {
        return Optional.empty();
      }
      citations.add(
          new Citation(
              each.path("path").asString(),
              each.path("first").asInt(),
              each.path("last").asInt(),
              each.path("quote").asString()));
    }
    boolean fits =
        cited.isArray() && citations.size() <= MOST_CITATIONS && finding.path("text").isString();
    return kind(finding.path("kind").asString(""))
        .filter(_ -> fits)
        .map(kind -> new CitedClaim(kind, finding.path("text").asString(), citations));
  }

  private static boolean isLine(JsonNode number) {
    return number.isIntegralNumber() && number.canConvertToInt();
  }

  private static Optional<Kind> kind(String word) {
    return Arrays.stream(Kind.values()).filter(kind -> kind.word().equals(word)).findFirst();
  }
}
