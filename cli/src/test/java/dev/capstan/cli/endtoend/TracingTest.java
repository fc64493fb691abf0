package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.api.Endpoint;
import dev.capstan.cli.endtoend.SpanReceiver.Received;
import dev.capstan.cli.session.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What becomes of one request, seen in traces, logs and figures of a server and its worker. */
class TracingTest {
  private static final String CORRELATION = "ticket-4711";

  @TempDir Path folder;

  @Test
  void a_run_is_one_trace_from_its_request_to_the_sandbox_of_another_machine() throws Exception {
    Repository shop = Repository.shop(Files.createDirectories(folder.resolve("shop")));
    try (SpanReceiver receiver = new SpanReceiver()) {
      String scrape = carryOut(shop, receiver);

      Set<String> traces = receiver.traces("task execute");
      assertThat(traces).hasSize(1);
      List<Received> spans = receiver.of(traces.iterator().next());
      assertThat(spans)
          .extracting(Received::toString)
          .contains(
              "capstan-server: commands",
              "capstan-server: queue prepare",
              "capstan-server: task prepare",
              "capstan-worker: task baseline",
              "capstan-worker: task execute",
              "capstan-worker: clone",
              "capstan-worker: sandbox",
              "capstan-worker: measure",
              "capstan-server: task deliver",
              "capstan-server: deliver");
      assertConnected(spans);
      assertThat(parents(spans, "sandbox")).contains("task execute", "measure");
      assertThat(parents(spans, "task execute")).containsExactly("task baseline");
      assertMeasured(scrape);
    }
  }

  @Test
  void runs_that_a_campaign_begins_are_traces_of_their_own() throws Exception {
    for (String name : List.of("shop", "stock")) {
      Repository.shop(Files.createDirectories(folder.resolve(name)));
    }
    Path targets = Files.writeString(folder.resolve("targets.yaml"), "targets: [shop, stock]\n");
    Path plan =
        Files.writeString(
            folder.resolve("plan.yaml"),
            "steps: [{id: greet, run: [sed, -i, 's/hello/hello you/', src/greeting.txt]}]\n");
    try (SpanReceiver receiver = new SpanReceiver()) {
      Map<String, String> variables = new HashMap<>(tracing(receiver));
      variables.put("CAPSTAN_HOME", folder.resolve("data").toString());
      try (ServerProcess campaign =
          ServerProcess.command(
              folder,
              variables,
              List.of(
                  "campaign",
                  "run",
                  targets.toString(),
                  "--plan",
                  plan.toString(),
                  "--goal",
                  "Greet"))) {
        assertThat(campaign.exit()).as(campaign.output()).isZero();
      }

      Set<String> traces = receiver.traces("task execute");
      assertThat(traces).hasSize(2);
      Set<String> runs = new HashSet<>();
      for (String trace : traces) {
        Received wish = root(receiver.of(trace));
        assertThat(wish).hasToString("capstan-server: wish");
        assertThat(wish.attribute("capstan.origin")).startsWith("campaign/");
        runs.add(wish.attribute("capstan.run"));
      }
      assertThat(runs).hasSize(2).doesNotContain("");
    }
  }

  private static Map<String, String> tracing(SpanReceiver receiver) {
    return Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url(), "OTEL_TRACES_SAMPLER_ARG", "1");
  }

  private static void assertConnected(List<Received> spans) {
    Received root = root(spans);
    assertThat(root.toString()).startsWith("capstan-server: POST /api/v1/runs");
    assertThat(root.attribute("capstan.correlation")).isEqualTo(root.trace());
  }

  /** In one trace each span but one hangs below another one. */
  private static Received root(List<Received> spans) {
    Set<String> ids = spans.stream().map(Received::id).collect(Collectors.toSet());
    List<Received> roots = spans.stream().filter(one -> !ids.contains(one.parent())).toList();
    assertThat(roots).as("%s", spans).hasSize(1);
    return roots.getFirst();
  }

  private static Set<String> parents(List<Received> spans, String name) {
    Map<String, String> names = new HashMap<>();
    spans.forEach(one -> names.put(one.id(), one.span().getName()));
    return spans.stream()
        .filter(one -> one.span().getName().equals(name))
        .map(one -> names.getOrDefault(one.parent(), "none"))
        .collect(Collectors.toSet());
  }

  private static void assertMeasured(String scrape) {
    assertThat(scrape)
        .contains(
            "capstan_run_events_total{event=\"completed\"} 1.0",
            "capstan_attempts_total{engine=\"command\",outcome=\"verified\"} 1.0",
            "capstan_verifications_total{subject=\"step\",verdict=\"pass\"} 1.0",
            "capstan_task_seconds_count{kind=\"execute\",outcome=\"done\"} 1",
            "capstan_dispatch_latency_seconds_count{kind=\"execute\"} 1",
            "capstan_workers 2.0",
            "capstan_database_up 1.0");
  }

  /** Carries out a run by a worker of its own; says what the server measured. */
  private String carryOut(Repository shop, SpanReceiver receiver) throws Exception {
    Map<String, String> tracing = tracing(receiver);
    Map<String, String> variables = new HashMap<>(RemoteWorkerTest.SERVER);
    variables.putAll(tracing);
    variables.put("CAPSTAN_LOG", "ecs");
    try (ServerProcess server = ServerProcess.start(folder, variables)) {
      String url = server.said("workers connect to (\\S+)");
      Map<String, String> worker = new HashMap<>(tracing);
      worker.put("CAPSTAN_TOKEN", endpoint().token());
      worker.put("CAPSTAN_LOG", "ecs");
      String scrape;
      try (ServerProcess box =
              ServerProcess.command(
                  folder,
                  worker,
                  List.of(
                      "worker",
                      "--server",
                      url,
                      "--name",
                      "box",
                      "--folder",
                      folder.resolve("box").toString()));
          ServerProcess run = run(shop)) {
        assertThat(run.exit()).as(run.output() + box.output()).isZero();
        scrape = get("/metrics").body();
        box.terminate();
        assertThat(box.exit()).as(box.output()).isZero();
      }
      assertCorrelated(get("/api/v1/runs?limit=1"));
      server.terminate();
      assertThat(server.exit()).as(server.output()).isZero();
      return scrape;
    }
  }

  private ServerProcess run(Repository shop) throws Exception {
    return ServerProcess.command(
        folder,
        Map.of(),
        List.of(
            "run",
            "--data",
            folder.resolve("data").toString(),
            "--repo",
            shop.path().toString(),
            "--goal",
            "Greet the world",
            "--",
            "sed",
            "-i",
            "s/hello/hello, world/",
            "src/greeting.txt"));
  }

  private Endpoint endpoint() throws Exception {
    return ServerProcess.endpoint(folder);
  }

  private HttpResponse<String> get(String path) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(endpoint().url() + path))
            .header("Authorization", "Bearer " + endpoint().token())
            .header("X-Correlation-Id", CORRELATION);
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  /**
   * Events and the worker's log name one correlation, and the answer the one that was asked with.
   */
  private void assertCorrelated(HttpResponse<String> list) throws Exception {
    assertThat(list.headers().firstValue("X-Correlation-Id")).hasValue(CORRELATION);
    String run = Json.MAPPER.readTree(list.body()).at("/items/0/id").asString();
    Set<String> correlations = new HashSet<>();
    List<String> causations = new ArrayList<>();
    for (JsonNode event :
        Json.MAPPER.readTree(get("/api/v1/runs/" + run + "/events").body()).at("/items")) {
      correlations.add(event.get("correlation").asString());
      causations.add(event.get("causation").asString());
    }
    assertThat(causations)
        .anyMatch(one -> one.startsWith("task "))
        .first()
        .asString()
        .startsWith("request ");
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("box/logs/capstan.log"))) {
      lines.add(Json.MAPPER.readTree(line));
    }
    assertThat(lines)
        .allMatch(
            line -> line.has("@timestamp") && line.has("log.level") && line.has("ecs.version"))
        .allMatch(line -> line.get("service.name").asString().equals("capstan-worker"))
        .anyMatch(line ->
            correlations.contains(line.path("correlation.id").asString())
                && line.path("causation.id").asString().startsWith("task execute")
                && line.path("run.id").asString().equals(run)
                && !line.path("trace.id").asString().isEmpty());
  }
}
