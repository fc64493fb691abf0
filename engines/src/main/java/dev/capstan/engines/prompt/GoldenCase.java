package dev.capstan.engines.prompt;

import dev.capstan.core.Sha256;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Something that a prompt is tried on, and what models answered.
 *
 * @param name of its folder
 * @param texts what is filled into the prompt
 * @param accepted answers that people agreed to, one for each model
 */
public record GoldenCase(
    String name, Map<String, String> texts, List<Accepted> accepted, List<Recording> recordings) {
  /** A case that was made before prompts had it has none. */
  private static final String CONTEXT = "context";

  public GoldenCase {
    Map<String, String> all = new HashMap<>(texts);
    all.putIfAbsent(CONTEXT, "");
    texts = Map.copyOf(all);
    accepted = List.copyOf(accepted);
    recordings = List.copyOf(recordings);
  }

  /** An answer that is as it should be. */
  public record Accepted(String model, JsonNode answer) {}

  /**
   * An answer as it was given. It is good for the very prompt, case and model alone.
   *
   * @param sha256 of the prompt's file
   * @param filled SHA-256 of the prompt with everything filled in
   * @param at when, in ISO 8601
   */
  public record Recording(
      String prompt,
      String version,
      String sha256,
      String filled,
      String model,
      String at,
      JsonNode answer) {}

  /** What that model answered to that very prompt, if it was recorded. */
  public Optional<Recording> recording(PromptTemplate prompt, String model) {
    String filled = Sha256.hex(prompt.fill(texts));
    return recordings.stream()
        .filter(one ->
            one.model().equals(model)
                && one.sha256().equals(prompt.sha256())
                && one.filled().equals(filled))
        .findFirst();
  }
}
