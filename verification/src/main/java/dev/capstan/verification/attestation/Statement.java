package dev.capstan.verification.attestation;

import dev.capstan.core.CommitId;
import dev.capstan.core.ContentHash;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An in-toto statement, version 1, with our own predicate.
 *
 * @param commit what it is about
 * @param tree of that commit
 * @param artifacts the SHA-256 of each file that it names
 */
public record Statement(CommitId commit, String tree, Set<ContentHash> artifacts, String run) {
  public static final String TYPE = "https://in-toto.io/Statement/v1";
  public static final String PREDICATE = "https://capstan.dev/evidence/v1";

  private static final List<String> PARTS =
      List.of("capstan", "run", "base", "policy", "plan", "steps", "approvals", "artifacts");

  public Statement {
    artifacts = Set.copyOf(artifacts);
  }

  /** The statement as JSON; the predicate's values are what Jackson can write. */
  public static String write(String name, CommitId commit, Map<String, ?> predicate) {
    return JsonMapper.shared()
        .writeValueAsString(
            Map.of(
                "_type", TYPE,
                "subject",
                    List.of(Map.of("name", name, "digest", Map.of("gitCommit", commit.value()))),
                "predicateType", PREDICATE,
                "predicate", predicate));
  }

  /**
   * Reads a statement, untrusted.
   *
   * @throws IllegalArgumentException with everything that is wrong with it
   */
  public static Statement read(String text) {
    JsonNode root = parsed(text);
    List<String> wrong = new ArrayList<>();
    require(wrong, root.path("_type").asString("").equals(TYPE), "_type is not " + TYPE);
    require(
        wrong,
        root.path("predicateType").asString("").equals(PREDICATE),
        "predicateType is not " + PREDICATE);
    require(wrong, root.path("subject").size() == 1, "subject is not one commit");
    JsonNode predicate = root.path("predicate");
    PARTS.forEach(part -> require(wrong, predicate.has(part), "predicate." + part + " is missing"));
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", wrong));
    }
    return new Statement(
        new CommitId(root.path("subject").get(0).path("digest").path("gitCommit").asString("")),
        predicate.path("run").path("tree").asString(""),
        artifacts(predicate.path("artifacts")),
        predicate.path("run").path("id").asString(""));
  }

  private static JsonNode parsed(String text) {
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException broken) {
      throw new IllegalArgumentException("the payload is no JSON", broken);
    }
  }

  private static Set<ContentHash> artifacts(JsonNode list) {
    Set<ContentHash> artifacts = new HashSet<>();
    list.forEach(artifact -> artifacts.add(new ContentHash(artifact.path("sha256").asString(""))));
    return artifacts;
  }

  private static void require(List<String> wrong, boolean holds, String otherwise) {
    if (!holds) {
      wrong.add(otherwise);
    }
  }
}
