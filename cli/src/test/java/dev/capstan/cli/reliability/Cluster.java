package dev.capstan.cli.reliability;

import static org.awaitility.Awaitility.await;

import dev.capstan.api.CreateToken;
import dev.capstan.api.Endpoint;
import dev.capstan.cli.session.Client;
import dev.capstan.cli.session.Json;
import dev.capstan.postgres.database.Database;
import dev.capstan.postgres.database.DatabaseAddress;
import dev.capstan.postgres.database.Transactions;
import dev.capstan.postgres.embedded.DataFolder;
import dev.capstan.postgres.embedded.EmbeddedPostgres;
import dev.capstan.postgres.embedded.Ownership;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Servers and workers in processes of their own, on one PostgreSQL that is a process of its own too
 * and is started again when it is killed, with one shared folder.
 */
final class Cluster implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Path folder;
  private final Optional<Link> link;
  private final DataFolder postgresFolder;
  private final EmbeddedPostgres postgres;
  private final Database database;
  private final List<Member> servers = new ArrayList<>();
  private final List<Member> workers = new ArrayList<>();
  private final List<String> addresses = new ArrayList<>();
  private String token = "";

  /** A process that can be killed and started again. */
  final class Member {
    private final String name;
    private final List<String> within;
    private final Map<String, String> variables;
    private final List<String> arguments;
    private volatile CapstanProcess process;

    private Member(
        String name, List<String> within, Map<String, String> variables, List<String> arguments)
        throws IOException {
      this.name = name;
      this.within = within;
      this.variables = variables;
      this.arguments = arguments;
      this.process = launched();
    }

    private CapstanProcess launched() throws IOException {
      return CapstanProcess.start(data(), folder.resolve("output"), within, variables, arguments);
    }

    Path data() {
      return folder.resolve(name);
    }

    CapstanProcess process() {
      return process;
    }

    /** A server that answers, or a worker that is connected. */
    boolean isUp() throws IOException {
      return process.isAlive()
          && (process.answers() || process.output().contains("connected to the server"));
    }

    private boolean isUpOrEnded() {
      try {
        return !process.isAlive() || isUp();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    /** Once it was killed. */
    synchronized void startAgain() throws IOException {
      if (!process.isAlive()) {
        process = launched();
      }
    }

    /** SIGTERM, and waits for the end; one that is just being started is let first. */
    int end() throws IOException, InterruptedException {
      reach(this + " is up, or has ended", this::isUpOrEnded);
      process.terminate();
      return process.exit();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private Cluster(Path folder, Optional<Link> link) {
    this.folder = folder;
    this.link = link;
    this.postgresFolder =
        switch (DataFolder.tryOwn(folder.resolve("postgres"))) {
          case Ownership.Owned(var owned) -> owned;
          case Ownership.OwnedBy owner -> throw new AssertionError("owned by " + owner);
        };
    this.postgres = EmbeddedPostgres.start(postgresFolder, postgresFolder.path());
    this.database = Database.open(postgres.address(), 4);
  }

  /**
   * Starts PostgreSQL and servers, and waits until they answer.
   *
   * @param link reaches the servers beside this machine's own way; empty for none
   */
  static Cluster start(Path folder, int servers, Optional<Link> link)
      throws IOException, InterruptedException {
    Cluster cluster = new Cluster(folder.toRealPath(), link);
    try {
      for (int i = 1; i <= servers; i++) {
        cluster.addServer("server-" + i);
      }
      for (Member server : cluster.servers) {
        cluster.awaitAnswer(server);
      }
      cluster.token =
          cluster.client(0).create(new CreateToken("workers", "worker", "", "", 0)).secret();
      return cluster;
    } catch (IOException | RuntimeException | Error failure) {
      cluster.close();
      throw failure;
    }
  }

  private void addServer(String name) throws IOException {
    String host = link.map(Link::host).orElse(LOOPBACK);
    int workersPort = freePort();
    addresses.add("grpc://" + host + ':' + workersPort);
    servers.add(
        new Member(
            name,
            List.of(),
            Map.of(
                "CAPSTAN_DATABASE_URL",
                url(postgres.address()),
                "PGPASSWORD",
                postgres.address().password(),
                "CAPSTAN_SHARED",
                shared().toString(),
                "CAPSTAN_LISTEN",
                host + ':' + freePort(),
                "CAPSTAN_WORKERS_LISTEN",
                host + ':' + workersPort,
                "CAPSTAN_WORKERS_BUILT_IN",
                "false",
                "CAPSTAN_ALLOW_PLAINTEXT",
                "true"),
            List.of("server", "--data", folder.resolve(name).toString())));
  }

  private static String url(DatabaseAddress address) {
    return address.toString();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitAnswer(Member server) throws IOException {
    boolean alive = server.process().reaches(server.process()::answers);
    if (!alive) {
      throw new AssertionError(server + " ended: " + server.process().output());
    }
  }

  /** A worker that knows all servers; {@code within} as for {@link CapstanProcess}. */
  Member addWorker(String name, List<String> within) throws IOException {
    Member worker =
        new Member(
            name,
            within,
            Map.of("CAPSTAN_TOKEN", token),
            List.of(
                "worker",
                "--server",
                String.join(",", addresses),
                "--name",
                name,
                "--tasks",
                "2",
                "--folder",
                folder.resolve(name).toString()));
    workers.add(worker);
    return worker;
  }

  List<Member> servers() {
    return servers;
  }

  List<Member> workers() {
    return workers;
  }

  Path shared() {
    return folder.resolve("shared");
  }

  /** To a server that answers, or did so last. */
  Client client(int server) throws IOException {
    Path endpoint = servers.get(server).data().resolve(Endpoint.FILE);
    return new Client(Json.MAPPER.readValue(Files.readString(endpoint), Endpoint.class));
  }

  Transactions transactions() {
    return database.transactions();
  }

  long number(String query) {
    return Records.number(transactions(), query);
  }

  /** Waits for it, three minutes at most. */
  static void reach(String what, BooleanSupplier condition) {
    await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(condition::getAsBoolean);
  }

  /** SIGKILL; it comes back by itself, on its port. */
  void killPostgres() {
    ProcessHandle.of(postgres.pid()).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** Processes of Capstan or of its sandboxes, with these folders; never PostgreSQL's. */
  List<FolderProcesses.Found> processes() throws IOException {
    List<FolderProcesses.Found> found = new ArrayList<>();
    for (List<Member> members : List.of(servers, workers)) {
      for (Member member : members) {
        found.addAll(new FolderProcesses(member.data()).find(""));
      }
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    for (FolderProcesses.Found left : processes()) {
      ProcessHandle.of(left.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }
    database.close();
    postgres.close();
    postgresFolder.close();
  }
}
