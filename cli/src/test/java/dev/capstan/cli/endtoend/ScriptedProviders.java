package dev.capstan.cli.endtoend;

import dev.capstan.testkit.model.ScriptedModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** One scripted server as three providers of models: {@code a}, {@code o} and {@code g}. */
final class ScriptedProviders {
  /** Of all of them. */
  static final String KEY = "never-seen-inside";

  private ScriptedProviders() {}

  /** The variables of a server that knows them, and these models of theirs, in YAML. */
  static Map<String, String> variables(Path folder, ScriptedModelServer provider, String models)
      throws IOException {
    String providers =
        """
        providers:
          a: {kind: anthropic, baseUrl: "%1$s", keyVariable: PROVIDER_KEY}
          o: {kind: openai-compatible, baseUrl: "%1$s/v1", keyVariable: PROVIDER_KEY}
          g: {kind: gemini, baseUrl: "%1$s", keyVariable: PROVIDER_KEY}
        """
            .formatted(provider.url());
    Path file = Files.writeString(folder.resolve("models.yaml"), providers + models);
    return Map.of(
        "CAPSTAN_LISTEN", "127.0.0.1:0", "CAPSTAN_MODELS", file.toString(), "PROVIDER_KEY", KEY);
  }
}
