package dev.capstan.cli.endtoend;

import dev.capstan.cli.session.Json;
import dev.capstan.testkit.model.ScriptedModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A coding agent as its makers deliver it, from the folder that {@code CAPSTAN_TEST_AGENTS} says,
 * and an installation in a folder of its own that knows it.
 */
record RealAgent(String name, List<String> command, String model, Path folder) {
  private static final String MODELS =
      """
      models:
        anthropic: {provider: a, aliases: ["claude-*"]}
        openai: {provider: o, aliases: ["gpt-*"]}
        google: {provider: g, aliases: ["gemini-*"]}
      """;

  static RealAgent of(String name, String command, String model, Path folder) {
    return new RealAgent(name, List.of(command.split(" ")), model, folder);
  }

  static boolean areInstalled() {
    return Files.exists(agents().resolve("installed"));
  }

  private static Path agents() {
    return Path.of(System.getenv().getOrDefault("CAPSTAN_TEST_AGENTS", "/nowhere"));
  }

  /** What was installed under that name. */
  static Path program(String name) {
    return agents().resolve("node_modules/.bin").resolve(name);
  }

  /** A server that knows the agent, and that provider for every model. */
  ServerProcess server(ScriptedModelServer provider) throws Exception {
    try (ServerProcess first = capstan("status")) {
      if (first.exit() != 0) {
        throw new AssertionError(first.output());
      }
    }
    List<String> words = new ArrayList<>(command);
    words.set(0, program(command.getFirst()).toString());
    Files.writeString(
        folder.resolve("data/agents.yaml"),
        "%s: {command: %s, model: %s, folders: [\"%s\"]}"
            .formatted(name, Json.MAPPER.writeValueAsString(words), model, agents()));
    ServerProcess server =
        ServerProcess.start(folder, ScriptedProviders.variables(folder, provider, MODELS));
    server.url();
    return server;
  }

  /** A run of one step by it. */
  ServerProcess run(int attempts, int timeLimit) throws Exception {
    Repository shop = Repository.shop(Files.createTempDirectory(folder, "shop"));
    Path plan = Files.createTempFile(folder, "plan", ".yaml");
    Files.writeString(
        plan,
        """
        goal: Greet the world
        steps:
          - {id: greet, title: greet the world, agent: %s, timeLimit: %d, attempts: %d}
        """
            .formatted(name, timeLimit, attempts));
    return capstan("run", "--repo", shop.path().toString(), "--plan", plan.toString());
  }

  /** A command of Capstan about the installation. */
  ServerProcess capstan(String verb, String... more) throws IOException {
    List<String> words =
        new ArrayList<>(List.of(verb, "--data", folder.resolve("data").toString()));
    words.addAll(List.of(more));
    return ServerProcess.command(folder, Map.of(), words);
  }

  /** What the API says of the run that was begun last. */
  JsonNode newestRun() throws Exception {
    return get("/runs/" + get("/runs").path("items").path(0).path("id").asString());
  }

  JsonNode get(String path) throws Exception {
    return ServerProcess.api(folder, path);
  }

  /** What was printed and noted of the run that was begun last. */
  String log() throws Exception {
    try (ServerProcess logs = capstan("logs", newestRun().path("id").asString())) {
      var _ = logs.exit();
      return logs.output();
    }
  }
}
