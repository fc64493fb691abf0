package dev.capstan.cli.endtoend;

import dev.capstan.testkit.model.ScriptedModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * An agent that does what the program in its prompt says, and one that reviews with the words of
 * {@code notes/opinion.txt}: {@code cheats/agent.py}.
 */
final class ScriptedAgent {
  private ScriptedAgent() {}

  /** An installation that knows it as {@code scripted}, and that provider under these models. */
  static Product product(Path folder, ScriptedModelServer provider, String... models)
      throws IOException {
    return productWith("", folder, provider, models);
  }

  /** The same, with more in {@code models.yaml}. */
  static Product productWith(
      String more, Path folder, ScriptedModelServer provider, String... models) throws IOException {
    return new Product(
        ScriptedProviders.variables(folder, provider, yaml(models) + more),
        Map.of("agents.yaml", description(folder)));
  }

  private static String yaml(String... models) {
    StringBuilder text = new StringBuilder("models:\n");
    for (String model : models) {
      text.append("  ").append(model).append(": {provider: o}\n");
    }
    return text.toString();
  }

  /** What {@code agents.yaml} says of it. */
  static String description(Path folder) throws IOException {
    Path program = Files.createDirectories(folder.toRealPath().resolve("agent"));
    Files.writeString(program.resolve("agent.py"), CheatTable.resource("agent.py"));
    return """
    scripted:
      command: [/usr/bin/python3, "%1$s/agent.py"]
      model: small
      environment: {OPENAI_BASE_URL: "{models}/v1", KEY: "{key}", MODEL: "{model}"}
      folders: ["%1$s"]
    reviewer:
      command: [/usr/bin/python3, "%1$s/agent.py"]
      model: small
      environment: {REVIEWS: "yes"}
      folders: ["%1$s"]
    """
        .formatted(program);
  }
}
