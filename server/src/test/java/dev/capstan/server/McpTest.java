package dev.capstan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.capstan.api.CreateRun;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.knowledge.pack.Tokens;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Agents of other programs find code and lead runs, by the rules of the API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class McpTest {
  private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
  private static final String TILL =
      """
      package shop;

      /** Takes money. */
      class Till {
        void openDrawer() {
          System.out.println("open");
        }
      }
      """;

  @TempDir static Path folder;
  private StartedServer server;
  private Tenants tenants;
  private McpClient owner;
  private String head = "";

  @BeforeAll
  void start() throws Exception {
    server =
        new StartedServer(
            Files.createDirectory(folder.resolve("data")), Map.of("CAPSTAN_MCP_RUNS", "true"));
    tenants = new Tenants(server);
    owner = new McpClient(server, server.endpoint().token());
    String source =
        GitSource.in(
            folder.resolve("shop").toAbsolutePath(),
            Map.of(
                "src/Till.java",
                TILL,
                "src/Loose.java",
                "class Loose {}  \n",
                "src/Hidden.java",
                "// NO_LLM\nclass Hidden { int forbiddenWord; }\n",
                "docs/long.md",
                "# Long\n" + "drawers and drawers of words\n".repeat(3_000)));
    head = GitSource.head(source);
    register("shop", source);
    register("other", GitSource.in(folder.resolve("other").toAbsolutePath()));
    assertThat(
            server.post("/projects/shop/index", "{\"ref\":\"\",\"workTree\":false}").statusCode())
        .isEqualTo(200);
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> server.get("/projects/shop/index").body().contains("\"done\""));
  }

  private void register(String id, String source) throws Exception {
    HttpResponse<String> answer =
        server.post(
            "/projects", "{\"id\":\"%s\",\"source\":\"%s\",\"slots\":1}".formatted(id, source));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** A run of the shop that does not start. */
  private void create(String run) throws Exception {
    CreateRun wished =
        new CreateRun(
            run,
            "",
            "shop",
            "a goal",
            "",
            new PlanDocument(List.of(Requests.step("one"))),
            false,
            0,
            false);
    HttpResponse<String> answer = server.post("/runs", Requests.text(wished));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private McpClient holder(String name, String scope, String project) {
    return new McpClient(server, tenants.owner().newToken(name, scope, project, ""));
  }

  @Test
  void it_agrees_on_a_revision_that_both_know() throws Exception {
    JsonNode older = owner.ask("initialize", Map.of("protocolVersion", "2025-06-18")).get("result");
    JsonNode unknown =
        owner.ask("initialize", Map.of("protocolVersion", "1999-01-01")).get("result");

    assertThat(older.get("protocolVersion").asString()).isEqualTo("2025-06-18");
    assertThat(unknown.get("protocolVersion").asString()).isEqualTo("2025-11-25");
    assertThat(older.at("/serverInfo/name").asString()).isEqualTo("capstan");
    assertThat(owner.ask("ping", Map.of()).get("result").isObject()).isTrue();
    assertThat(owner.ask("prompts/list", Map.of()).at("/error/code").asInt()).isEqualTo(-32_601);
  }

  @Test
  void each_is_shown_the_tools_that_they_may_use() throws Exception {
    List<String> reader = tools(holder("looker", "reader", ""));

    assertThat(reader)
        .contains("context", "search", "symbols", "read", "coverage", "projects", "watch_run")
        .doesNotContain("start_run", "decide_run");
    assertThat(reader.stream().filter(name -> !name.contains("_run")).count())
        .isLessThanOrEqualTo(8);
    assertThat(tools(holder("beginner", "operator", "")))
        .contains("start_run")
        .doesNotContain("decide_run");
    assertThat(tools(owner)).contains("start_run", "decide_run");
  }

  private static List<String> tools(McpClient client) throws Exception {
    List<String> names = new ArrayList<>();
    for (JsonNode tool : client.ask("tools/list", Map.of()).at("/result/tools")) {
      assertThat(tool.at("/inputSchema/type").asString()).isEqualTo("object");
      assertThat(tool.get("description").asString()).isNotBlank();
      names.add(tool.get("name").asString());
    }
    return names;
  }

  @Test
  void runs_are_led_only_where_that_was_switched_on(@TempDir Path other) throws Exception {
    try (StartedServer plain = new StartedServer(other)) {
      McpClient client = new McpClient(plain, plain.endpoint().token());

      assertThat(tools(client)).hasSize(8).noneMatch(name -> name.contains("run"));
      JsonNode answer =
          client.ask("tools/call", Map.of("name", "start_run", "arguments", Map.of("goal", "x")));
      assertThat(answer.at("/error/message").asString()).contains("no tool");
      assertThat(client.refused("search", Map.of("query", "x")))
          .contains("no project is registered");
    }
  }

  @Test
  void what_was_found_is_read_by_its_id_and_each_answer_says_of_which_commit() throws Exception {
    String found = owner.done("search", Map.of("project", "shop", "query", "openDrawer"));
    String id =
        found
            .lines()
            .filter(line -> line.startsWith("## src/Till.java@"))
            .findFirst()
            .orElseThrow();

    assertThat(found).contains("project shop, tree", head, "void openDrawer()");
    assertThat(owner.done("read", Map.of("project", "shop", "ids", id.substring(3))))
        .contains(head, "void openDrawer()");
    assertThat(owner.done("read", Map.of("project", "shop", "ids", List.of("src/Till.java#L4-L5"))))
        .contains("class Till {\n  void openDrawer() {\n")
        .doesNotContain("Takes money");
    assertThat(
            owner.done("search", Map.of("project", "shop", "query", "openDrawer", "brief", true)))
        .contains("src/Till.java@")
        .doesNotContain("void openDrawer()");
    assertThat(owner.done("symbols", Map.of("project", "shop", "name", "Till.openDrawer")))
        .contains(head, "src/Till.java@", "function Till.openDrawer, lines 5 to 7");
    assertThat(owner.done("symbols", Map.of("project", "shop", "name", "OPENDRAWER")))
        .contains("function Till.openDrawer");
    assertThat(owner.done("symbols", Map.of("project", "shop", "name", "closeDrawer")))
        .contains("nothing of that name");
    assertThat(owner.done("symbols", Map.of("project", "shop", "path", "src/Till.java")))
        .contains("type Till, lines 4 to 8");
    assertThat(owner.done("context", Map.of("project", "shop", "goal", "open the drawer")))
        .contains(head, "src/Till.java", "void openDrawer()");
    assertThat(owner.done("projects", Map.of()))
        .contains("shop: tree", head, "other: not indexed yet");
  }

  @Test
  void what_refers_to_what_and_what_is_missing_is_told_with_its_places() throws Exception {
    assertThat(owner.done("graph", Map.of("project", "shop", "of", "Till.openDrawer")))
        .contains(head, "src/Till.java#Till.openDrawer");
    assertThat(owner.done("graph", Map.of("project", "shop", "of", "Nowhere")))
        .contains("nothing of the name Nowhere");
    assertThat(owner.done("analyse", Map.of("project", "shop", "subject", "src")))
        .contains(head, "## Gaps", "no test names Till", "src/Till.java@");
  }

  @Test
  void an_id_of_what_was_changed_since_is_refused() throws Exception {
    String stale = "src/Till.java@" + "0".repeat(40) + "#L1-L2";

    assertThat(owner.refused("read", Map.of("project", "shop", "ids", stale)))
        .contains("has changed since", "src/Till.java@");
    assertThat(owner.refused("read", Map.of("project", "shop", "ids", "src/Absent.java")))
        .contains("has no file src/Absent.java");
  }

  @Test
  void an_answer_has_no_more_tokens_than_were_asked_for_and_says_so() throws Exception {
    for (int most : List.of(300, 1_000)) {
      for (Map.Entry<String, Map<String, Object>> call :
          Map.<String, Map<String, Object>>of(
                  "search", Map.of("query", "drawers of words", "limit", 50),
                  "read", Map.of("ids", "docs/long.md"),
                  "context", Map.of("goal", "drawers of words"))
              .entrySet()) {
        Map<String, Object> arguments = new HashMap<>(call.getValue());
        arguments.put("project", "shop");
        arguments.put("max_tokens", most);
        String text = owner.done(call.getKey(), arguments);

        assertThat(Tokens.count(text)).as(call.getKey()).isLessThanOrEqualTo(most);
        assertThat(call.getKey().equals("context") || text.contains("[cut at " + most)).isTrue();
      }
    }
  }

  @Test
  void what_its_owners_keep_from_machines_is_never_shown() throws Exception {
    assertThat(owner.done("search", Map.of("project", "shop", "query", "forbiddenWord")))
        .doesNotContain("forbiddenWord");
    assertThat(owner.done("symbols", Map.of("project", "shop", "name", "Hidden")))
        .contains("nothing of that name");
    assertThat(owner.refused("read", Map.of("project", "shop", "ids", "src/Hidden.java")))
        .contains("NO_LLM")
        .doesNotContain("forbiddenWord");
    assertThat(owner.done("coverage", Map.of("project", "shop", "state", "opted out")))
        .contains("1 opted out", "src/Hidden.java");
    assertThat(resource(owner, "capstan://projects/shop/files/src/Hidden.java").toString())
        .contains("NO_LLM")
        .doesNotContain("forbiddenWord");
  }

  @Test
  void what_is_not_indexed_and_what_is_asked_wrongly_is_said() throws Exception {
    assertThat(owner.refused("search", Map.of("project", "other", "query", "x")))
        .contains("the project other is not indexed yet", "capstan index");
    assertThat(owner.refused("search", Map.of("query", "x"))).contains("name the project", "shop");
    assertThat(owner.refused("search", Map.of("project", "shop"))).contains("query is missing");
    assertThat(owner.refused("search", Map.of("project", "shop", "query", 7)))
        .contains("query cannot be 7");
    assertThat(owner.refused("search", Map.of("project", "shop", "query", "x", "q", "x")))
        .contains("no argument q", "query");
    assertThat(owner.ask("tools/call", Map.of("name", "steal")).at("/error/code").asInt())
        .isEqualTo(-32_602);
  }

  @Test
  void who_belongs_to_another_project_finds_nothing_of_this_one() throws Exception {
    McpClient stranger = holder("stranger", "maintainer", "other");
    create("shop-run");

    assertThat(stranger.done("projects", Map.of())).contains("other").doesNotContain("shop");
    for (Map.Entry<String, Map<String, Object>> call :
        Map.<String, Map<String, Object>>of(
                "context", Map.of("goal", "open the drawer"),
                "search", Map.of("query", "openDrawer"),
                "symbols", Map.of("name", "openDrawer"),
                "read", Map.of("ids", "src/Till.java"),
                "coverage", Map.of(),
                "start_run", Map.of("goal", "Remove trailing whitespace"))
            .entrySet()) {
      Map<String, Object> arguments = new HashMap<>(call.getValue());
      arguments.put("project", "shop");
      assertThat(stranger.refused(call.getKey(), arguments)).contains("there is no project shop");
    }
    assertThat(stranger.refused("watch_run", Map.of("run", "shop-run")))
        .contains("there is no run");
    assertThat(stranger.refused("decide_run", Map.of("run", "shop-run", "decision", "approve")))
        .contains("there is no run");
    assertThat(stranger.done("list_runs", Map.of())).doesNotContain("shop-run");
    assertThat(stranger.ask("resources/list", Map.of()).toString()).doesNotContain("shop-run");
    assertThat(resource(stranger, "capstan://runs/shop-run/report").at("/error/code").asInt())
        .isEqualTo(-32_002);
    assertThat(resource(stranger, "capstan://projects/shop/files/src/Till.java").toString())
        .contains("there is no project shop");
    assertThat(owner.ask("resources/list", Map.of()).toString())
        .contains("capstan://runs/shop-run");
  }

  @Test
  void whose_token_is_for_one_project_need_not_name_it() throws Exception {
    assertThat(holder("shopper", "reader", "shop").done("symbols", Map.of("name", "openDrawer")))
        .contains("src/Till.java@");
  }

  private static JsonNode resource(McpClient client, String uri) throws Exception {
    return client.ask("resources/read", Map.of("uri", uri));
  }

  @Test
  void files_and_reports_are_resources() throws Exception {
    create("told-run");

    assertThat(
            resource(owner, "capstan://projects/shop/files/src%2FTill.java")
                .at("/result/contents/0/text")
                .asString())
        .isEqualTo(TILL);
    assertThat(
            resource(owner, "capstan://runs/told-run/report")
                .at("/result/contents/0/text")
                .asString())
        .contains("a goal");
    assertThat(resource(owner, "file:///etc/passwd").at("/error/code").asInt()).isEqualTo(-32_002);
    assertThat(
            owner.ask("resources/templates/list", Map.of()).at("/result/resourceTemplates").size())
        .isEqualTo(2);
  }

  @Test
  void a_run_is_started_watched_and_decided_about_with_the_scopes_of_the_api() throws Exception {
    McpClient operator = holder("op", "operator", "shop");
    Map<String, ?> goal = Map.of("goal", "Remove trailing whitespace");

    assertThat(holder("curious", "reader", "shop").refused("start_run", goal))
        .contains("scope operator");
    String started = operator.done("start_run", goal);
    String run = started.replaceFirst("(?s)run (\\S+),.*", "$1");

    assertThat(started).contains("project shop, goal: Remove trailing whitespace");
    assertThat(operator.done("watch_run", Map.of("run", run))).contains("run " + run);
    assertThat(operator.done("list_runs", Map.of())).contains(run);
    Map<String, ?> yes = Map.of("run", run, "decision", "approve");
    assertThat(operator.refused("decide_run", yes)).contains("scope maintainer");
    assertThat(owner.refused("decide_run", yes)).doesNotContain("scope");
    assertThat(owner.refused("decide_run", Map.of("run", run, "decision", "perhaps")))
        .contains("approve or reject");
    assertThat(operator.refused("start_run", Map.of("goal", "Make it nicer")))
        .contains("nothing could be planned");
  }

  @Test
  void the_audit_names_the_tool_who_called_it_and_what_was_refused() throws Exception {
    McpClient reader = holder("audited", "reader", "");
    reader.done("search", Map.of("project", "shop", "query", "openDrawer"));
    reader.refused("start_run", Map.of("goal", "x"));
    resource(reader, "capstan://projects/shop/files/src/Till.java");
    reader.ask("ping", Map.of());

    List<String> entries =
        server
            .get("/audit/export")
            .body()
            .lines()
            .map(line -> JsonMapper.shared().readTree(line))
            .filter(one -> one.get("who").asString().equals("audited"))
            .map(one -> one.get("outcome").asString() + ' ' + one.get("action").asString())
            .toList();

    assertThat(entries)
        .containsExactly(
            "allowed MCP tools/call search",
            "refused MCP tools/call start_run",
            "allowed MCP resources/read");
  }

  @Test
  void who_has_no_token_is_kept_out() throws Exception {
    HttpResponse<String> answer = new McpClient(server, "cap_wrong").send(PING);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
  }

  @Test
  void pages_of_others_and_names_that_were_bent_to_lead_here_are_kept_out() throws Exception {
    for (String origin :
        List.of("http://evil.example.com", "null", "https://127.0.0.1.evil.example.com")) {
      HttpResponse<String> answer = owner.send(PING, "Origin", origin);
      assertThat(answer.statusCode()).as(origin).isEqualTo(403);
      assertThat(answer.body()).contains("mcp.hosts");
    }
    assertThat(owner.send(PING, "Origin", "http://localhost:6274").statusCode()).isEqualTo(200);
    assertThat(statusFor("evil.example.com")).isEqualTo(403);
    assertThat(statusFor("localhost:1")).isEqualTo(200);
  }

  /** As a browser asks that takes the server for that host. */
  private int statusFor(String host) throws Exception {
    try (Socket socket =
        new Socket(
            InetAddress.getLoopbackAddress(), URI.create(server.endpoint().url()).getPort())) {
      String request =
          String.join(
              "\r\n",
              "POST /mcp HTTP/1.1",
              "Host: " + host,
              "Authorization: Bearer " + server.endpoint().token(),
              "Content-Type: application/json",
              "Content-Length: " + PING.length(),
              "Connection: close",
              "",
              PING);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Integer.parseInt(answer.split(" ", 3)[1]);
    }
  }

  @Test
  void what_is_no_message_of_the_protocol_is_refused() throws Exception {
    assertThat(owner.send("{").body()).contains("-32700");
    assertThat(owner.send("[" + PING + "]").body()).contains("-32600");
    assertThat(owner.send(PING.replace("\"id\":1", "\"id\":{}")).statusCode()).isEqualTo(400);
    assertThat(owner.send(PING, "MCP-Protocol-Version", "1999-01-01").statusCode()).isEqualTo(400);
    HttpResponse<String> notified =
        owner.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    assertThat(notified.statusCode()).isEqualTo(202);
    assertThat(notified.body()).isEmpty();
    assertThat(owner.send(PING.replace("ping", "x".repeat(17 << 20))).statusCode()).isEqualTo(413);
    HttpResponse<String> stream = server.send(server.requestTo("/mcp").GET());
    assertThat(stream.statusCode()).isEqualTo(405);
    assertThat(stream.headers().firstValue("Allow")).contains("POST");
  }
}
