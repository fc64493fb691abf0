package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.capstan.api.Action;
import dev.capstan.api.ActionRequest;
import dev.capstan.api.Endpoint;
import dev.capstan.api.RunView;
import dev.capstan.cli.session.Client;
import dev.capstan.cli.view.Follower;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that does no work itself, and workers in processes of their own. */
class RemoteWorkerTest {
  static final Map<String, String> SERVER =
      Map.of(
          "CAPSTAN_LISTEN", "127.0.0.1:0",
          "CAPSTAN_WORKERS_LISTEN", "127.0.0.1:0",
          "CAPSTAN_WORKERS_BUILT_IN", "false");

  @TempDir Path folder;

  private Endpoint endpoint() throws Exception {
    return ServerProcess.endpoint(folder);
  }

  private ServerProcess worker(String url, String name, String token, String... more)
      throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "worker",
                "--server",
                url,
                "--name",
                name,
                "--folder",
                folder.resolve(name).toString()));
    arguments.addAll(List.of(more));
    return ServerProcess.command(folder, Map.of("CAPSTAN_TOKEN", token), arguments);
  }

  private String newToken(String name) throws Exception {
    try (ServerProcess create =
        ServerProcess.command(
            folder,
            Map.of(),
            List.of(
                "token",
                "create",
                name,
                "--scope",
                "worker",
                "--data",
                folder.resolve("data").toString()))) {
      assertThat(create.exit()).as(create.output()).isZero();
      return create.said("(cap_[\\w-]+)");
    }
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
                "--"));
    arguments.addAll(List.of(command));
    return ServerProcess.command(folder, Map.of(), arguments);
  }

  @Test
  void a_worker_on_another_machine_brings_a_run_to_its_pull_request() throws Exception {
    Repository shop = Repository.shop(Files.createDirectories(folder.resolve("shop")));
    try (ServerProcess server = ServerProcess.start(folder, SERVER)) {
      String url = server.said("workers connect to (\\S+)");
      String token = newToken("box");
      try (ServerProcess worker = worker(url, "box", token);
          ServerProcess run = run(shop, "sed", "-i", "s/hello/hello, world/", "src/greeting.txt")) {
        assertThat(run.exit()).as(run.output() + worker.output()).isZero();
        assertThat(run.output()).contains("pull request");

        worker.terminate();
        assertThat(worker.exit()).as(worker.output()).isZero();
      }
      assertThat(folder.resolve("box/mirrors")).isDirectoryContaining("glob:**.git");
      assertThat(folder.resolve("box/work")).isEmptyDirectory();
    }
  }

  @Test
  void a_worker_on_another_machine_is_told_and_stopped_while_it_works() throws Exception {
    Repository shop = Repository.shop(Files.createDirectories(folder.resolve("shop")));
    String mark = Processes.newMark();
    try (ServerProcess server = ServerProcess.start(folder, SERVER)) {
      String url = server.said("workers connect to (\\S+)");
      try (ServerProcess worker = worker(url, "box", newToken("box"));
          Client client = new Client(endpoint())) {
        String run =
            client
                .create(
                    Product.request(
                        "far", shop.path().toString(), true, HaltingTest.stubborn(mark)))
                .id();

        assertThat(
                HaltingTest.gone(
                    mark, () -> client.act(run, Action.HALT, new ActionRequest("", "stop"), 0)))
            .as(worker.output())
            .isLessThan(Duration.ofSeconds(2));

        client.act(run, Action.INSTRUCT, new ActionRequest("greet", "hello you"), 0);
        client.act(run, Action.LIFT, new ActionRequest("", ""), 0);
        RunView done =
            await().atMost(Product.PATIENCE).until(() -> client.run(run), Follower::rests);
        assertThat(done.status()).as(worker.output()).isEqualTo("completed");

        String told =
            client
                .create(
                    Product.request(
                        "told", shop.path().toString(), true, SteeringTest.waitsToBeTold()))
                .id();
        await()
            .atMost(Product.PATIENCE)
            .until(() -> client.activity(told).anyMatch(line -> line.text().equals("I wait")));
        client.act(told, Action.INSTRUCT, new ActionRequest("greet", "hello there"), 0);
        done = await().atMost(Product.PATIENCE).until(() -> client.run(told), Follower::rests);
        assertThat(done.status()).as(worker.output()).isEqualTo("completed");
        assertThat(done.steps().getFirst().attempts()).hasSize(1);
      }
    }
  }

  @Test
  void a_worker_with_a_wrong_token_is_told_so_and_gets_nothing() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder, SERVER)) {
      String url = server.said("workers connect to (\\S+)");
      try (ServerProcess worker = worker(url, "stranger", "wrong")) {
        assertThat(worker.exit()).as(worker.output()).isNotZero();
        assertThat(worker.output()).contains("refuses this worker", "a worker's token");
      }
    }
  }

  @Test
  void workers_and_server_know_each_other_by_their_certificates() throws Exception {
    Repository shop = Repository.shop(Files.createDirectories(folder.resolve("shop")));
    Certificates certificates = Certificates.in(folder);
    String certificate = certificates.certificate().toString();
    Map<String, String> variables = new HashMap<>(SERVER);
    variables.put("CAPSTAN_LISTEN", "localhost:0");
    variables.put("CAPSTAN_WORKERS_LISTEN", "localhost:0");
    variables.put("CAPSTAN_TLS_CERTIFICATE", certificate);
    variables.put("CAPSTAN_TLS_KEY", certificates.key().toString());
    variables.put("CAPSTAN_WORKERS_CERTIFICATES", certificate);
    try (ServerProcess server = ServerProcess.start(folder, variables)) {
      String url = server.said("workers connect to (\\S+)");
      assertThat(url).startsWith("grpcs://localhost:");
      String token = endpoint().token();
      try (ServerProcess stranger = worker(url, "stranger", token, "--ca", certificate)) {
        assertThat(stranger.said("(UNAVAILABLE[^\\n]*)")).isNotEmpty();
      }
      try (ServerProcess worker =
              worker(
                  url,
                  "box",
                  token,
                  "--ca",
                  certificate,
                  "--certificate",
                  certificate,
                  "--key",
                  certificates.key().toString());
          ServerProcess run = run(shop, "sed", "-i", "s/hello/hello, world/", "src/greeting.txt")) {
        assertThat(run.exit()).as(run.output() + worker.output()).isZero();
      }
    }
  }
}
