package dev.capstan.bench;

import dev.capstan.control.Lease;
import dev.capstan.control.records.Projects;
import dev.capstan.core.Amount;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.account.Purpose;
import dev.capstan.models.Gateway;
import dev.capstan.models.Session;
import dev.capstan.models.catalog.ModelCatalog;
import dev.capstan.models.records.Asker;
import dev.capstan.models.secrecy.Redaction;
import dev.capstan.models.secrecy.WithheldLines;
import dev.capstan.models.spending.Brake;
import dev.capstan.models.upstream.HttpProvision;
import dev.capstan.models.upstream.Patience;
import dev.capstan.postgres.database.Database;
import dev.capstan.postgres.database.Transactions;
import dev.capstan.postgres.records.PostgresArtifacts;
import dev.capstan.postgres.records.PostgresBudgets;
import dev.capstan.postgres.records.PostgresModelCalls;
import dev.capstan.postgres.records.PostgresProjects;
import dev.capstan.postgres.records.PostgresResponseCache;
import dev.capstan.server.models.ModelServer;
import dev.capstan.server.models.RecordedCalls;
import dev.capstan.server.models.SecretScanner;
import dev.capstan.testkit.model.Script;
import dev.capstan.testkit.model.ScriptedModelServer;
import dev.capstan.testkit.model.Turn;
import dev.capstan.workspace.artifact.FolderArtifactStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the gateway adds to a streamed call: the same calls to the same scripted provider, one
 * directly and one through the gateway in turn, with budgets, records and recordings as the product
 * has them.
 *
 * <p>Arguments: pairs of calls, characters of a prompt, a folder for what is made.
 */
final class GatewayBenchmark {
  private static final ProjectId PROJECT = new ProjectId("bench");
  private static final int WARM_UP = 60;
  private static final String TEXT = "A piece of t".repeat(40);
  private static final Duration FIRST = Duration.ofMillis(20);
  private static final Duration BETWEEN = Duration.ofMillis(2);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String padding;
  private final Samples first = new Samples();
  private final Samples whole = new Samples();
  private int outOfOrder;

  private GatewayBenchmark(int characters) {
    padding = "Words of a prompt. ".repeat(characters / 19 + 1).substring(0, characters);
  }

  public static void main(String[] arguments)
      throws IOException, InterruptedException, SQLException {
    int pairs = Integer.parseInt(arguments[0]);
    int characters = Integer.parseInt(arguments[1]);
    Path root = Path.of(arguments[2]).toAbsolutePath();
    Turn turn = Turn.says(TEXT).paced(FIRST, BETWEEN);
    Script script =
        new Script(
            Collections.nCopies(2 * (pairs + WARM_UP), turn),
            Optional.empty(),
            Script.of().aside());
    try (ScriptedModelServer provider = ScriptedModelServer.start(script);
        Postgres postgres = new Postgres(root.resolve("postgres"));
        Database database = Database.open(postgres.create());
        HttpProvision provision = new HttpProvision(Patience.USUAL);
        ModelServer gateway =
            new ModelServer(
                gateway(provider, database.transactions(), provision, root), new EveryLease())) {
      new PostgresProjects(database.transactions())
          .register(new Projects.Project(PROJECT, "nowhere", 1));
      String key = gateway.issue(new Lease(1, 1), session());
      compare(
          pairs,
          characters,
          new Side(provider.url(), "none"),
          new Side(URI.create("http://127.0.0.1:" + gateway.address().getPort()), key));
    }
  }

  private static Gateway gateway(
      ScriptedModelServer provider, Transactions transactions, HttpProvision provision, Path root)
      throws IOException {
    ModelCatalog catalog =
        ModelCatalog.parse(
            "models.yaml",
            """
            providers:
              a: {kind: anthropic, baseUrl: "%s", requestsPerMinute: 1000000}
            models:
              large: {provider: a, price: {input: 2, cached: 0.5, output: 8}}
            budgets: {run: {dollars: 1000000}, month: {dollars: 1000000}}
            """
                .formatted(provider.url()),
            Map.of());
    return new Gateway(
        catalog,
        provision,
        new PostgresBudgets(transactions, catalog.budgets(), InstantSource.system()),
        new Unlimited(),
        new RecordedCalls(
            new PostgresModelCalls(transactions),
            new FolderArtifactStore(root.resolve("artifacts")),
            new PostgresArtifacts(transactions)),
        new PostgresResponseCache(transactions),
        Optional.empty(),
        Patience.USUAL,
        InstantSource.system());
  }

  /** No budget of this benchmark is ever spent. */
  private static final class Unlimited implements Brake {
    @Override
    public void wrapUp(Asker asker, Amount left) {
      throw new IllegalStateException("a soft limit was reached");
    }

    @Override
    public void park(Asker asker, String why) {
      throw new IllegalStateException(why);
    }
  }

  private static Session session() {
    return new Session(
        new Asker(new RunId("bench"), PROJECT, "step", 1, Purpose.WORK),
        new Redaction(new SecretScanner(), WithheldLines.NONE));
  }

  /** Where calls go, and what lets them in. */
  private record Side(URI url, String key) {}

  private static void compare(int pairs, int characters, Side direct, Side through)
      throws IOException, InterruptedException {
    GatewayBenchmark directly = new GatewayBenchmark(characters);
    GatewayBenchmark gated = new GatewayBenchmark(characters);
    for (int i = 0; i < WARM_UP + pairs; i++) {
      if (i == WARM_UP) {
        directly.clear();
        gated.clear();
      }
      // Who goes first changes, so that neither always finds the machine as the other left it.
      if (i % 2 == 0) {
        directly.call(direct, i);
        gated.call(through, i);
      } else {
        gated.call(through, i);
        directly.call(direct, i);
      }
    }
    print(directly, gated);
  }

  private void clear() {
    first.clear();
    whole.clear();
    outOfOrder = 0;
  }

  private void call(Side side, int number) throws IOException, InterruptedException {
    String body =
        "{\"model\":\"large\",\"stream\":true,\"max_tokens\":1000,\"messages\":[{\"role\":\"user\",\"content\":\"%s %d\"}]}"
            .formatted(padding, number);
    HttpRequest request =
        HttpRequest.newBuilder(side.url().resolve("/v1/messages"))
            .header("content-type", "application/json")
            .header("x-api-key", side.key())
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    long began = System.nanoTime();
    var answer = client.send(request, BodyHandlers.ofInputStream());
    StringBuilder text = new StringBuilder();
    long firstAt = 0;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains("text_delta")) {
          firstAt = firstAt == 0 ? System.nanoTime() : firstAt;
          int at = line.indexOf("\"text\":\"") + 8;
          text.append(line, at, line.indexOf('"', at));
        }
      }
    }
    whole.add(System.nanoTime() - began);
    first.add(firstAt - began);
    outOfOrder += text.toString().equals(TEXT) ? 0 : 1;
  }

  private static void print(GatewayBenchmark direct, GatewayBenchmark gated) {
    System.out.println("| | direct, ms | through the gateway, ms | added, ms |");
    System.out.println("| --- | ---: | ---: | ---: |");
    row("first token, p50", direct.first.quantile(0.5), gated.first.quantile(0.5));
    row("first token, p95", direct.first.quantile(0.95), gated.first.quantile(0.95));
    row("whole answer, p50", direct.whole.quantile(0.5), gated.whole.quantile(0.5));
    row("whole answer, p95", direct.whole.quantile(0.95), gated.whole.quantile(0.95));
    System.out.printf(
        "%n%d pairs of calls; answers whose pieces were not all there in order: %d direct, %d through the gateway.%n",
        gated.whole.count(), direct.outOfOrder, gated.outOfOrder);
  }

  private static void row(String what, double direct, double through) {
    System.out.printf(
        Locale.ROOT, "| %s | %.2f | %.2f | %.2f |%n", what, direct, through, through - direct);
  }
}
