package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.testkit.model.Script;
import dev.capstan.testkit.model.ScriptedModelServer;
import dev.capstan.testkit.model.Turn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has opted out of models does not reach a provider, whatever an agent sends. */
class WithheldFilesTest {
  private static final List<String> SECRET =
      List.of("margin = cost * 1.73 + bonus", "rebate_of_the_largest_customer = 41.5");

  /** Sends what it finds, as tools print it, in a prompt and in the result of a tool. */
  private static final String READER =
      """
      import json, os, urllib.request

      names = ['pricing.py', 'private/notes.txt', 'keys.txt', 'src/greeting.txt']
      texts = [open(name).read() for name in names]
      numbered = '\\n'.join(
          '%6d\\t%s' % (number, line) for text in texts for number, line in enumerate(text.splitlines(), 1))
      body = {'model': 'large', 'stream': True, 'max_tokens': 100, 'messages': [
          {'role': 'user', 'content': 'plain\\n' + '\\n'.join(texts)},
          {'role': 'assistant', 'content': [{'type': 'tool_use', 'id': 't', 'name': 'read', 'input': {}}]},
          {'role': 'user', 'content': [
              {'type': 'tool_result', 'tool_use_id': 't', 'content': numbered},
              {'type': 'text', 'text': json.dumps({'output': texts})}]}]}
      urllib.request.urlopen(urllib.request.Request(
          os.environ['ANTHROPIC_BASE_URL'] + '/v1/messages', json.dumps(body).encode(),
          {'x-api-key': os.environ['ANTHROPIC_API_KEY']})).read()
      open('src/greeting.txt', 'w').write('hello, world\\n')
      """;

  @TempDir Path folder;

  private Repository shop() throws Exception {
    Repository shop = Repository.shop(Files.createDirectories(folder.resolve("shop")));
    shop.write("reader.py", READER);
    shop.write("pricing.py", "# NO_LLM\n" + SECRET.get(0) + "\n");
    shop.write("private/notes.txt", SECRET.get(1) + "\n");
    shop.write("keys.txt", "the name of the key cabinet is Ferdinand\n");
    shop.write(".capstanignore", "private/\n");
    shop.write(".aiignore", "keys.txt\n");
    shop.commit("chore: add what is nobody's business");
    return shop;
  }

  private Map<String, String> variables(ScriptedModelServer provider) throws Exception {
    return ScriptedProviders.variables(folder, provider, "models: {large: {provider: a}}\n");
  }

  private void nothingOfItReaches(ScriptedModelServer provider) throws Exception {
    try (ServerProcess run =
        ServerProcess.command(
            folder,
            Map.of(),
            List.of(
                "run",
                "--data",
                folder.resolve("data").toString(),
                "--repo",
                shop().path().toString(),
                "--goal",
                "Greet the world",
                "--env",
                "ANTHROPIC_BASE_URL",
                "--env",
                "ANTHROPIC_API_KEY",
                "--",
                "python3",
                "reader.py"))) {
      assertThat(run.exit()).as(run.output()).isZero();
    }
    assertThat(provider.seen()).hasSize(1);
    String received = provider.seen().getFirst().body();
    assertThat(received).contains("plain", "hello", "opted out of models");
    assertThat(received).doesNotContain(SECRET).doesNotContain("1.73", "41.5", "Ferdinand");
  }

  @Test
  void the_worker_of_the_server_names_it() throws Exception {
    try (ScriptedModelServer provider = ScriptedModelServer.start(Script.of(Turn.says("Hi")));
        ServerProcess server = ServerProcess.start(folder, variables(provider))) {
      server.url();
      nothingOfItReaches(provider);
    }
  }

  @Test
  void so_does_a_worker_on_another_machine() throws Exception {
    try (ScriptedModelServer provider = ScriptedModelServer.start(Script.of(Turn.says("Hi")))) {
      Map<String, String> variables = new HashMap<>(variables(provider));
      variables.put("CAPSTAN_WORKERS_LISTEN", "127.0.0.1:0");
      variables.put("CAPSTAN_WORKERS_BUILT_IN", "false");
      try (ServerProcess server = ServerProcess.start(folder, variables);
          ServerProcess _ =
              ServerProcess.worker(folder, server.said("workers connect to (\\S+)"))) {
        nothingOfItReaches(provider);
      }
    }
  }
}
