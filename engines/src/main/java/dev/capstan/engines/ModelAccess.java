package dev.capstan.engines;

import dev.capstan.sandbox.Network;
import dev.capstan.sandbox.Passage;
import java.util.List;
import java.util.Map;

/**
 * An attempt's way to language models: the only thing of a network that its sandbox gets.
 *
 * @param key good for this attempt alone
 */
public record ModelAccess(String key, Passage passage) {
  private static final List<String> PLACES =
      List.of("OPENAI_BASE_URL", "ANTHROPIC_BASE_URL", "GOOGLE_GEMINI_BASE_URL");

  public Network network() {
    return new Network.Only(passage);
  }

  /** The variables by which agents find a provider: they find the gateway. */
  public Map<String, String> variables() {
    String url = Passage.URL.toString();
    return Map.of(
        "OPENAI_BASE_URL", url + "/v1",
        "OPENAI_API_KEY", key,
        "ANTHROPIC_BASE_URL", url,
        "ANTHROPIC_API_KEY", key,
        "GOOGLE_GEMINI_BASE_URL", url,
        "GEMINI_API_KEY", key);
  }

  /** True if one of these variables says where a provider is. */
  static boolean isAskedForBy(List<String> variables) {
    return variables.stream().anyMatch(PLACES::contains);
  }

  @Override
  public String toString() {
    return "models at " + Passage.URL;
  }
}
