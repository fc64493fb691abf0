package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.testkit.model.Script;
import dev.capstan.testkit.model.ScriptedModelServer;
import dev.capstan.testkit.model.ToolUse;
import dev.capstan.testkit.model.Turn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is to be done is written down and approved; then it is planned from that, and done. */
class SpecFirstTest {
  private static final String FOLDER = "specs/greet-politely/";
  private static final String TASK = "Greet politely in src/greeting.txt (1)";

  @TempDir private Path folder;

  private static Turn finish() {
    return Turn.uses(
        new ToolUse.Named("finish", Map.of("done", "yes", "summary", "It is written down.")));
  }

  private ServerProcess capstan(String... words) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(words));
    arguments.addAll(1, List.of("--data", folder.resolve("data").toString()));
    return ServerProcess.command(folder, Map.of(), arguments);
  }

  private JsonNode latest() throws Exception {
    String id = ServerProcess.api(folder, "/runs").path("items").path(0).path("id").asString();
    return ServerProcess.api(folder, "/runs/" + id);
  }

  private void must(int exit, String... words) throws Exception {
    try (ServerProcess command = capstan(words)) {
      assertThat(command.exit()).as(command.output()).isEqualTo(exit);
    }
  }

  @Test
  void a_specification_is_written_approved_and_carried_out() throws Exception {
    Repository shop = Repository.shop(Files.createDirectories(folder.resolve("shop")));
    String path = shop.path().toString();
    Script script =
        Script.of(
            Turn.writes(FOLDER + "specification.md", "1. The greeting says please.\n")
                .expecting("before anything is done"),
            Turn.writes("src/greeting.txt", "please\n"),
            Turn.writes(FOLDER + "tasks.md", "- [ ] " + TASK + "\n").expecting("not in the scope"),
            finish(),
            Turn.says(ScriptedPlan.of("builtin", "src/greeting.txt", "Criterion 1."))
                .expecting(TASK)
                .expecting("The greeting says please."),
            Turn.writes("src/greeting.txt", "hello, please\n").expecting("Criterion 1."),
            finish());
    try (ScriptedModelServer provider = ScriptedModelServer.start(script);
        ServerProcess server =
            ServerProcess.start(
                folder,
                ScriptedProviders.variables(folder, provider, "models: {small: {provider: o}}"))) {
      server.url();
      must(3, "spec", "--repo", path, "--goal", "Greet politely", "--model", "small");
      assertThat(provider.seen()).hasSize(4);
      String spec = latest().path("id").asString();
      must(0, "approve", spec, "--follow");
      merge(shop);

      must(
          0,
          "run",
          "--repo",
          path,
          "--goal",
          "Greet politely",
          "--tasks",
          FOLDER + "tasks.md",
          "--planner",
          "small",
          "--trust-planner");

      assertThat(provider.unmet()).isEmpty();
      assertThat(show("src/greeting.txt")).isEqualTo("hello, please");
      assertThat(show(FOLDER + "tasks.md")).isEqualTo("- [x] " + TASK);
    }
  }

  private Path forge() throws Exception {
    return folder.resolve("data/forge").resolve(latest().path("project").asString() + ".git");
  }

  private String show(String file) throws Exception {
    return Repository.git(forge(), "show", latest().path("tip").asString() + ':' + file);
  }

  private void merge(Repository shop) throws Exception {
    shop.git("pull", "--quiet", forge().toString(), latest().path("tip").asString());
  }
}
