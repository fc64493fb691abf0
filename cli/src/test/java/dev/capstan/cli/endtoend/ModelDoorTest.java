package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.capstan.testkit.model.Script;
import dev.capstan.testkit.model.ScriptedModelServer;
import dev.capstan.testkit.model.Turn;
import dev.capstan.testkit.model.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A program in the sandbox reaches models through the gateway, and nothing else. */
class ModelDoorTest {
  private static final Usage USAGE = new Usage(1000, 200, 50, 0);

  /** Asks in each protocol, tries other ways, and then does its work. */
  private static final String AGENT =
      """
      import json, os, socket, sys, urllib.error, urllib.request

      base, key = os.environ['ANTHROPIC_BASE_URL'], os.environ['ANTHROPIC_API_KEY']

      def ask(path, headers, body):
          request = urllib.request.Request(
              base + path, json.dumps(body).encode(), {'content-type': 'application/json', **headers})
          try:
              with urllib.request.urlopen(request, timeout=60) as answer:
                  first = answer.readline()
                  return first.decode() + answer.read().decode()
          except urllib.error.HTTPError as refused:
              return str(refused.code)

      said = [
          ask('/v1/messages?beta=true', {'x-api-key': key},
              {'model': 'large', 'stream': True, 'max_tokens': 100,
               'messages': [{'role': 'user', 'content': 'one'}]}),
          ask('/v1/responses', {'authorization': 'Bearer ' + key},
              {'model': 'o-large', 'stream': True, 'input': 'two'}),
          ask('/v1/chat/completions', {'authorization': 'Bearer ' + key},
              {'model': 'o-large', 'stream': True, 'messages': [{'role': 'user', 'content': 'three'}]}),
          ask('/v1beta/models/g-large:streamGenerateContent?alt=sse', {'x-goog-api-key': key},
              {'contents': [{'role': 'user', 'parts': [{'text': 'four'}]}]}),
      ]
      print('answers', [('Hello' in one) for one in said])
      print('wrong key', ask('/v1/messages', {'x-api-key': 'capstan-wrong'}, {'model': 'large', 'messages': []}))
      print('api', ask('/api/v1/runs', {'authorization': 'Bearer ' + key}, {}))
      for place in (('127.0.0.1', int(sys.argv[1])), ('192.0.2.1', 443)):
          try:
              socket.create_connection(place, 2)
              print('way to', place)
          except OSError:
              print('no way to', place)
      open('src/greeting.txt', 'w').write('hello, world\\n')
      """;

  /** Asks, and never hears the end of it. */
  private static final String WAITER =
      """
      import json, os, urllib.request
      urllib.request.urlopen(urllib.request.Request(
          os.environ['ANTHROPIC_BASE_URL'] + '/v1/messages',
          json.dumps({'model': 'large', 'stream': True, 'max_tokens': 9,
                      'messages': [{'role': 'user', 'content': 'wait'}]}).encode(),
          {'x-api-key': os.environ['ANTHROPIC_API_KEY']})).read()
      """;

  /** Asks, writes, asks again, and tells what lay there when it began. */
  private static final String SPENDER =
      """
      import json, os, sys, urllib.request

      def ask(prompt):
          urllib.request.urlopen(urllib.request.Request(
              os.environ['ANTHROPIC_BASE_URL'] + '/v1/messages',
              json.dumps({'model': 'large', 'stream': True, 'max_tokens': 4000,
                          'messages': [{'role': 'user', 'content': prompt}]}).encode(),
              {'x-api-key': os.environ['ANTHROPIC_API_KEY'], 'cache-control': 'no-cache'})).read()

      begun = os.path.exists('src/draft.txt')
      print('found a draft', begun, flush=True)
      if not begun:
          ask('first')
          open('src/draft.txt', 'w').write('a draft\\n')
      ask('second')
      open('src/greeting.txt', 'w').write('hello, world\\n')
      """;

  @TempDir Path folder;

  private static Turn hello(String prompt) {
    return Turn.says("Hello there").costing(USAGE).expecting(prompt);
  }

  private Map<String, String> variables(ScriptedModelServer provider) throws IOException {
    return ScriptedProviders.variables(
        folder,
        provider,
        """
        models:
          large: {provider: a, price: {input: 2, cached: 0.5, output: 8}}
          o-large: {provider: o, price: {input: 2, cached: 0.5, output: 8}}
          g-large: {provider: g}
        """);
  }

  private ServerProcess run(Repository shop, String... command) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                "--data",
                folder.resolve("data").toString(),
                "--repo",
                shop.path().toString(),
                "--goal",
                "Greet the world",
                "--env",
                "ANTHROPIC_BASE_URL",
                "--env",
                "ANTHROPIC_API_KEY",
                "--"));
    arguments.addAll(List.of(command));
    return ServerProcess.command(folder, Map.of(), arguments);
  }

  private JsonNode get(String path) throws Exception {
    return ServerProcess.api(folder, path);
  }

  private Repository shop() throws IOException {
    Repository shop = Repository.shop(Files.createDirectories(folder.resolve("shop")));
    shop.write("agent.py", AGENT);
    shop.write("waiter.py", WAITER);
    shop.write("spender.py", SPENDER);
    shop.commit("chore: add agents");
    return shop;
  }

  private void carryOut(ScriptedModelServer provider) throws Exception {
    try (ServerProcess run =
        run(shop(), "python3", "agent.py", String.valueOf(provider.url().getPort()))) {
      assertThat(run.exit()).as(run.output()).isZero();
    }
    String id = get("/runs").path("items").path(0).path("id").asString();
    assertThat(provider.unmet()).isEmpty();
    assertThat(log(id))
        .contains(
            "answers [True, True, True, True]",
            "wrong key 401",
            "api 404",
            "no way to ('127.0.0.1', " + provider.url().getPort() + ")",
            "no way to ('192.0.2.1', 443)")
        .doesNotContain(ScriptedProviders.KEY);
    recordedAsServed(id, provider.served());
  }

  @Test
  void a_recorded_run_is_heard_again_with_no_provider() throws Exception {
    String recorded;
    Map<String, String> variables;
    try (ScriptedModelServer provider =
        ScriptedModelServer.start(
            Script.of(hello("one"), hello("two"), hello("three"), hello("four")))) {
      variables = variables(provider);
      try (ServerProcess server = ServerProcess.start(folder, variables)) {
        server.url();
        recorded = finished(run(shop(), "python3", "agent.py", "1"));
      }
    }
    Path models = Path.of(variables.get("CAPSTAN_MODELS"));
    Files.writeString(models, Files.readString(models) + "replay: " + recorded + "\n");
    try (ServerProcess server = ServerProcess.start(folder, variables)) {
      server.url();
      Repository shop = new Repository(folder.resolve("shop"));
      String again = finished(run(shop, "python3", "agent.py", "1"));
      JsonNode calls = get("/runs/" + again + "/model-calls").path("items");
      assertThat(calls.size()).isEqualTo(4);
      calls.forEach(call -> assertThat(call.path("origin").asString()).isEqualTo("recording"));

      String other =
          finished(run(shop, "sh", "-c", "sed -i s/one/five/ agent.py; python3 agent.py 1"));
      assertThat(
              get("/runs/" + other + "/model-calls")
                  .path("items")
                  .path(0)
                  .path("detail")
                  .asString())
          .contains("did not run", recorded);
    }
  }

  /** The run's id, whatever became of it. */
  private String finished(ServerProcess run) throws Exception {
    try (run) {
      run.exit();
      return get("/runs").path("items").path(0).path("id").asString();
    }
  }

  private String log(String run) throws Exception {
    try (ServerProcess logs =
        ServerProcess.command(
            folder, Map.of(), List.of("logs", "--data", folder.resolve("data").toString(), run))) {
      assertThat(logs.exit()).isZero();
      return logs.output();
    }
  }

  private void recordedAsServed(String run, Usage served) throws Exception {
    List<JsonNode> calls = new ArrayList<>();
    get("/runs/" + run + "/model-calls").path("items").forEach(calls::add);
    assertThat(calls).hasSize(4);
    assertThat(calls).allMatch(call -> call.path("outcome").asString().equals("answered"));
    assertThat(calls.stream().mapToLong(call -> call.path("input").asLong()).sum())
        .isEqualTo(served.input());
    assertThat(calls.stream().mapToLong(call -> call.path("cached").asLong()).sum())
        .isEqualTo(served.cached());
    assertThat(calls.stream().mapToLong(call -> call.path("output").asLong()).sum())
        .isEqualTo(served.output());
    assertThat(calls.stream().map(call -> call.path("dollars").asString()))
        .containsExactly("0.0021", "0.0021", "0.0021", "unknown");
    JsonNode spending = get("/runs/" + run).path("spending");
    assertThat(spending.path("dollars").asString()).isEqualTo("0.0063");
    assertThat(spending.path("unpriced").asInt()).isEqualTo(1);
    JsonNode budget = get("/budgets?prefix=run-" + run).path(0);
    assertThat(budget.path("unknown").asInt()).isEqualTo(1);
    assertThat(budget.path("reserved").path("tokens").asLong()).isZero();
  }

  @Test
  void the_worker_of_the_server_lets_it_reach_the_gateway_alone() throws Exception {
    try (ScriptedModelServer provider =
            ScriptedModelServer.start(
                Script.of(hello("one"), hello("two"), hello("three"), hello("four")));
        ServerProcess server = ServerProcess.start(folder, variables(provider))) {
      server.url();
      carryOut(provider);
    }
  }

  @Test
  void a_worker_on_another_machine_relays_it_to_the_server() throws Exception {
    try (ScriptedModelServer provider =
        ScriptedModelServer.start(
            Script.of(hello("one"), hello("two"), hello("three"), hello("four")))) {
      Map<String, String> variables = new HashMap<>(variables(provider));
      variables.put("CAPSTAN_WORKERS_LISTEN", "127.0.0.1:0");
      variables.put("CAPSTAN_WORKERS_BUILT_IN", "false");
      try (ServerProcess server = ServerProcess.start(folder, variables);
          ServerProcess worker =
              ServerProcess.worker(folder, server.said("workers connect to (\\S+)"))) {
        carryOut(provider);
        assertThat(worker.output()).doesNotContain(ScriptedProviders.KEY);
      }
    }
  }

  @Test
  void a_spent_budget_parks_the_run_and_it_goes_on_with_what_it_had_made() throws Exception {
    try (ScriptedModelServer provider =
        ScriptedModelServer.start(Script.of(hello("first"), hello("second")))) {
      Map<String, String> variables = variables(provider);
      Path models = Path.of(variables.get("CAPSTAN_MODELS"));
      Files.writeString(models, Files.readString(models) + "budgets: {run: {tokens: 5500}}\n");
      try (ServerProcess server = ServerProcess.start(folder, variables)) {
        server.url();
        try (ServerProcess _ = run(shop(), "python3", "spender.py")) {
          JsonNode parked = awaited("paused");
          String id = parked.path("id").asString();
          assertThat(parked.path("reason").asString())
              .contains("the budget run-" + id + " has no room", "capstan budget top-up run-" + id);
          assertThat(parked.path("needs").toString()).contains("capstan resume " + id);
          assertThat(provider.seen()).hasSize(1);

          capstan("budget", "top-up", "run-" + id, "--tokens", "50000");
          capstan("resume", id);

          JsonNode done = awaited("completed");
          assertThat(done.path("steps").path(0).path("attempts").size()).isEqualTo(1);
          assertThat(log(id)).contains("found a draft False", "found a draft True");
          assertThat(provider.unmet()).isEmpty();
          assertThat(provider.seen()).hasSize(2);
        }
      }
    }
  }

  private JsonNode awaited(String status) {
    return await()
        .atMost(2, TimeUnit.MINUTES)
        .ignoreExceptions()
        .until(
            () -> get("/runs/" + get("/runs").path("items").path(0).path("id").asString()),
            run -> run.path("status").asString().equals(status));
  }

  private void capstan(String... command) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--data", folder.resolve("data").toString()));
    try (ServerProcess process = ServerProcess.command(folder, Map.of(), arguments)) {
      assertThat(process.exit()).as(process.output()).isZero();
    }
  }

  @Test
  void cancelling_cuts_the_call_at_the_provider() throws Exception {
    Turn endless = Turn.says("Hello").paced(Duration.ofMinutes(5), Duration.ZERO);
    try (ScriptedModelServer provider = ScriptedModelServer.start(Script.of(endless));
        ServerProcess server = ServerProcess.start(folder, variables(provider))) {
      server.url();
      try (ServerProcess run = run(shop(), "python3", "waiter.py")) {
        await().atMost(2, TimeUnit.MINUTES).until(() -> !provider.seen().isEmpty());
        String id = get("/runs").path("items").path(0).path("id").asString();
        try (ServerProcess cancel =
            ServerProcess.command(
                folder,
                Map.of(),
                List.of("cancel", "--data", folder.resolve("data").toString(), id))) {
          assertThat(cancel.exit()).as(cancel.output()).isZero();
        }
        assertThat(run.exit()).isNotZero();
        JsonNode call =
            await()
                .atMost(10, TimeUnit.SECONDS)
                .until(
                    () -> get("/runs/" + id + "/model-calls").path("items").path(0),
                    JsonNode::isObject);
        assertThat(call.path("outcome").asString()).isEqualTo("cut");
      }
    }
  }
}
