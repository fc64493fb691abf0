package dev.capstan.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.control.Capabilities;
import dev.capstan.control.Envelope;
import dev.capstan.control.EventStore.Entry;
import dev.capstan.control.EventStore.Write;
import dev.capstan.control.Lease;
import dev.capstan.control.LeasedTask;
import dev.capstan.control.dispatch.Dispatcher.Presence;
import dev.capstan.control.dispatch.Profile;
import dev.capstan.core.Actor;
import dev.capstan.core.CommitId;
import dev.capstan.core.ContentHash;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.account.Purpose;
import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Confidence;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.core.evidence.Response;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.run.Failure;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunCommand;
import dev.capstan.core.run.RunEvent;
import dev.capstan.core.run.Task;
import dev.capstan.core.run.Timer;
import dev.capstan.models.records.Asker;
import dev.capstan.models.records.CallOutcome;
import dev.capstan.models.records.ModelCall;
import dev.capstan.models.records.Origin;
import dev.capstan.models.wire.Protocol;
import dev.capstan.models.wire.Usage;
import dev.capstan.postgres.database.Database.Connections;
import dev.capstan.postgres.queue.PostgresDepths.Depths;
import dev.capstan.sandbox.Confinement;
import dev.capstan.sandbox.Limits;
import dev.capstan.sandbox.Network;
import dev.capstan.sandbox.Outcome;
import dev.capstan.server.StartedServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
  private static final RunId RUN = new RunId("run-1");
  private static final StepId STEP = new StepId("step");
  private static final Evidence EVIDENCE =
      new Evidence(
              new CommitId("c".repeat(40)),
              List.of(new Check(CheckName.TESTS, Verdict.PASS, "all pass")),
              List.of(),
              new ContentHash("a".repeat(64)))
          .scored(
              new Confidence.Scored(
                  80, 80, List.of(), new Confidence.Calibration.Uncalibrated(0, 10)));
  private static final LeasedTask TASK =
      new LeasedTask(
          new Lease(1, 1),
          RUN,
          new ProjectId("shop"),
          new Task.Wake(new Timer.RunLimit()),
          "request-1",
          "",
          Duration.ofMillis(7));

  @TempDir Path folder;

  private int proofs;
  private final Metrics metrics = new Metrics(Path.of("."));
  private final RunMeter runs = new RunMeter(metrics, Set.of("command"));
  private final WorkMeter work = new WorkMeter(metrics);

  @AfterEach
  void close() {
    metrics.close();
  }

  /** What a scrape says of a meter, without what says nothing of its value. */
  private List<String> samples(Metric metric) {
    return metrics
        .scrape()
        .lines()
        .filter(line -> !line.startsWith("#") && line.startsWith(metric.exposed()))
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> each_meter_moves_with_what_it_measures() {
    return Arrays.stream(Metric.values())
        .map(metric ->
            DynamicTest.dynamicTest(metric.name(), () -> new MetricsTest().moves(metric)));
  }

  private void moves(Metric metric) throws Exception {
    prove(metric);
    List<String> before = samples(metric);
    prove(metric);
    assertThat(before).isNotEmpty();
    assertThat(samples(metric)).isNotEqualTo(before);
    metrics.close();
  }

  /** The names of all samples once everything was measured that a server can measure. */
  static Set<String> exposed() throws Exception {
    MetricsTest all = new MetricsTest();
    for (Metric metric : Metric.values()) {
      all.prove(metric);
    }
    Set<String> names = new HashSet<>();
    all.metrics
        .scrape()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> names.add(line.replaceFirst("[{ ].*", "")));
    all.metrics.close();
    return names;
  }

  /** Each call changes what the meter measures. A new meter does not compile without its proof. */
  private void prove(Metric metric) throws Exception {
    proofs++;
    switch (metric) {
      case FAILED_SIGN_INS -> metrics.signInFailed();
      case HTTP_REQUESTS ->
          metrics.moment(metric, Duration.ofMillis(1), "uri", "/", "status", "200");
      case COMMANDS, COMMAND_BATCH, COMMAND_BATCH_SIZE ->
          work.handled(List.of(command(), command()), Duration.ofMillis(3), true);
      case RUN_EVENTS -> happened(new RunEvent.Started());
      case STEP_EVENTS -> happened(new RunEvent.StepSkipped(STEP, "not needed"));
      case ATTEMPTS -> happened(new RunEvent.QuestionAsked(STEP, 1, "which?"));
      case RETRIES -> happened(failed());
      case VERIFICATIONS, CHECKS -> happened(new RunEvent.GateShut(STEP, EVIDENCE));
      case CONFIDENCE -> happened(new RunEvent.AttemptVerified(STEP, EVIDENCE));
      case TIME_TO_RECOVER -> {
        happened(failed());
        happened(new RunEvent.StepCompleted(STEP, EVIDENCE.commit()));
      }
      case PLANNING -> metrics.planned(Duration.ofSeconds(1));
      case DISPATCH -> work.leased(TASK);
      case TASKS_DONE -> work.finished(TASK, Duration.ofSeconds(2), true);
      case LEASES_LOST -> work.lost(1);
      case TASKS, OLDEST_READY, RUNS, WISHES, INBOX, OUTBOX, DATABASE_UP -> depths();
      case DATABASE_CONNECTIONS ->
          PartGauges.connections(metrics, () -> new Connections(proofs, 0, 0));
      case WORKERS, WORKER_CAPACITY, WORKER_TASKS -> PartGauges.workers(metrics, this::workers);
      case WORKERS_REFUSED -> metrics.workerRefused("sessions");
      case SANDBOXES -> sandboxes();
      case LIVE_CLIENTS -> PartGauges.liveClients(metrics, () -> proofs);
      case LLM_COST, LLM_TOKENS, LLM_CALLS, LLM_RETRIES, LLM_FIRST_TOKEN, LLM_LATENCY ->
          asked(Origin.PROVIDER, OptionalLong.of(2_100));
      case LLM_UNPRICED -> asked(Origin.PROVIDER, OptionalLong.empty());
      case LLM_SAVED -> asked(Origin.CACHE, OptionalLong.of(0));
      case LLM_BUDGET -> PartGauges.budget(metrics, () -> 0.25 * proofs);
    }
  }

  private void asked(Origin origin, OptionalLong microDollars) {
    new MeasuredCalls((_, _) -> {}, metrics)
        .add(
            new ModelCall(
                "call-" + proofs,
                new Asker(RUN, new ProjectId("shop"), "step", 1, Purpose.WORK),
                Instant.EPOCH,
                Protocol.MESSAGES,
                "whatever an agent says",
                "large",
                "hash",
                Optional.of(new Usage(1000, 200, 0, 50, 0)),
                microDollars,
                "prices",
                OptionalLong.of(12),
                34,
                1,
                origin,
                CallOutcome.ANSWERED,
                ""),
            "{}");
  }

  @Test
  void the_money_that_calls_cost_is_told_by_model_and_project() {
    asked(Origin.PROVIDER, OptionalLong.of(2_100));
    asked(Origin.CACHE, OptionalLong.of(0));

    assertThat(samples(Metric.LLM_COST))
        .containsExactly("llm_cost_usd_total{model=\"large\",project=\"shop\"} 0.0021");
    assertThat(samples(Metric.LLM_TOKENS))
        .containsExactly(
            "llm_tokens_total{kind=\"cached\",model=\"large\"} 200.0",
            "llm_tokens_total{kind=\"input\",model=\"large\"} 800.0",
            "llm_tokens_total{kind=\"output\",model=\"large\"} 50.0");
    assertThat(samples(Metric.LLM_SAVED))
        .containsExactly("llm_saved_tokens_total{model=\"large\"} 1050.0");
  }

  private static Envelope command() {
    return new Envelope(
        RUN,
        new RunCommand.Start(),
        Actor.SYSTEM,
        "request-1",
        "test",
        new Envelope.Condition.None());
  }

  private void happened(RunEvent event) {
    Instant at = Instant.EPOCH.plusSeconds(proofs);
    runs.count(
        null,
        new Write(
            RUN,
            0,
            new Run.Absent(),
            List.of(new Entry(event, at, Actor.SYSTEM, "request-1", "test")),
            List.of(),
            Set.of()));
  }

  private static RunEvent failed() {
    return new RunEvent.AttemptFailed(
        STEP, 1, Failure.recoverable("it broke"), 0, new Response.Retry());
  }

  private @Nullable DepthGauges gauges;

  private void depths() throws InterruptedException {
    if (gauges == null) {
      gauges = new DepthGauges(this::found, metrics, Duration.ZERO);
    }
    gauges.refresh();
  }

  /** Once the database is gone, its depths are not known. */
  private Depths found() {
    if (proofs > 1) {
      throw new IllegalStateException("the database is gone");
    }
    return new Depths(
        Map.of(
            "task ready execute",
            3.0,
            "run running",
            2.0,
            "oldest",
            9.5,
            "wish",
            1.0,
            "inbox",
            4.0,
            "outbox",
            5.0));
  }

  private List<Presence> workers() {
    Profile profile =
        new Profile("box", "1", "1", 4, new Capabilities(Set.of("verify"), Set.of(), Set.of()));
    Presence one = new Presence(profile, 2, 0, 9, false, Duration.ZERO);
    return proofs > 1 ? List.of(one) : List.of();
  }

  private @Nullable MeasuredSandbox sandbox;
  private List<String> whileRunning = List.of();

  private void sandboxes() {
    if (sandbox == null) {
      sandbox =
          new MeasuredSandbox(
              (_, _) -> {
                whileRunning = samples(Metric.SANDBOXES);
                return new Outcome.Exited(0, Duration.ZERO);
              },
              metrics);
    } else {
      List<String> idle = samples(Metric.SANDBOXES);
      sandbox.run(
          new Confinement(
              "test",
              List.of("true"),
              Path.of("/"),
              List.of(),
              Map.of(),
              Network.NONE,
              Limits.DEFAULT),
          (_, _) -> {});
      assertThat(whileRunning).containsExactly("capstan_sandboxes 1.0");
      assertThat(idle).containsExactly("capstan_sandboxes 0.0");
      metrics.gauge(Metric.SANDBOXES, () -> 1, "proved", "true");
    }
  }

  @Test
  void a_plan_cannot_add_labels_by_names_of_its_own() {
    happened(new RunEvent.QuestionAsked(STEP, 1, "which?"));

    assertThat(samples(Metric.ATTEMPTS))
        .containsExactly("capstan_attempts_total{engine=\"other\",outcome=\"asked\"} 1.0");
  }

  @Test
  void a_server_shows_all_that_it_measures_to_who_may_see_everything() throws Exception {
    try (StartedServer server = new StartedServer(folder)) {
      server.installation().startWorking();
      server.get("/runs");
      server.send(server.request("/runs").setHeader("Authorization", "Bearer cap_wrong").GET());
      String first = scrape(server, server.endpoint().token());

      assertThat(first)
          .contains(
              "http_server_requests_seconds_count{method=\"GET\",status=\"200\",uri=\"/api/v1/runs\"} 1")
          .contains("capstan_database_up 1.0", "capstan_sign_ins_failed_total 1.0")
          .contains("capstan_tasks{kind=\"execute\",state=\"ready\"} 0.0")
          .contains("capstan_database_connections{state=\"active\"}")
          .contains("jvm_memory_used_bytes", "disk_free_bytes", "process_uptime_seconds");
      assertThat(unknown(first)).as("meters that Metric does not list").isEmpty();
    }
  }

  private static String scrape(StartedServer server, String token) throws Exception {
    var answer =
        server.send(
            HttpRequest.newBuilder(URI.create(server.endpoint().url() + "/metrics"))
                .header("Authorization", "Bearer " + token));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static List<String> unknown(String scrape) {
    return scrape
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.replaceFirst("[{ ].*", ""))
        .filter(name -> !name.matches("(jvm|process|system|disk)_.*"))
        .filter(
            name -> Arrays.stream(Metric.values()).noneMatch(one -> name.startsWith(one.exposed())))
        .distinct()
        .toList();
  }
}
