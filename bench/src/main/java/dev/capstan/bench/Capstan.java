package dev.capstan.bench;

import dev.capstan.control.Capabilities;
import dev.capstan.control.CommandLoop;
import dev.capstan.control.Envelope;
import dev.capstan.control.Reply;
import dev.capstan.control.TaskQueue;
import dev.capstan.control.codec.TaskCodec;
import dev.capstan.control.dispatch.Allocation;
import dev.capstan.control.dispatch.Dispatcher;
import dev.capstan.control.dispatch.Profile;
import dev.capstan.control.records.Projects.Project;
import dev.capstan.core.Actor;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.run.RunCommand;
import dev.capstan.postgres.database.Database;
import dev.capstan.postgres.database.DatabaseAddress;
import dev.capstan.postgres.database.Transactions;
import dev.capstan.postgres.queue.PostgresTaskQueue;
import dev.capstan.postgres.records.PostgresProjects;
import dev.capstan.postgres.runs.Interventions;
import dev.capstan.postgres.runs.Listener;
import dev.capstan.postgres.runs.PostgresEventStore;
import dev.capstan.postgres.runs.Signal;
import dev.capstan.server.auth.Caller;
import dev.capstan.server.workers.WorkerLimits;
import dev.capstan.server.workers.WorkerServer;
import dev.capstan.worker.Performer;
import dev.capstan.worker.Worker;
import dev.capstan.worker.remote.ServerChannel;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The product's own parts, put together as a server and its workers put them together. */
final class Capstan implements AutoCloseable {
  private static final int PARALLEL_BATCHES = 4;
  private static final Actor SELF = new Actor("benchmark");

  private final Database database;
  private final Listener listener;
  private final CommandLoop loop;
  private final Dispatcher dispatcher;
  private final WorkerServer server;
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final List<Worker> workers = new ArrayList<>();

  /**
   * How much is done at once.
   *
   * @param workers how many connect over TCP; 0 for the one within the server's process
   * @param tasks side by side, for each worker
   * @param executions engines' work
   */
  record Limits(int workers, int tasks, int executions, Allocation allocation) {}

  Capstan(DatabaseAddress address, Performer performer, Limits limits) {
    database = Database.open(address);
    Transactions transactions = database.transactions();
    Signal committed = new Signal();
    Interventions interventions = new Interventions(transactions, committed);
    listener = new Listener(database, committed, interventions);
    loop =
        new CommandLoop(
            new PostgresEventStore(transactions, committed, interventions),
            InstantSource.system(),
            PARALLEL_BATCHES);
    TaskQueue queue = PostgresTaskQueue.open(transactions, committed, interventions, true);
    dispatcher = new Dispatcher(queue, limits.allocation(), limits.executions());
    server = new WorkerServer(dispatcher, loop);
    if (limits.workers() == 0) {
      workers.add(worker(server.channel(), server.token(), performer, 0, limits));
    } else {
      connect(queue, performer, limits);
    }
  }

  private void connect(TaskQueue queue, Performer performer, Limits limits) {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    String token = server.token();
    int port =
        server.listen(
            new WorkerServer.Listening(
                anyPort,
                Optional.empty(),
                0,
                given -> token.equals(given) ? Optional.of(Caller.capstan()) : Optional.empty(),
                WorkerLimits.NONE),
            queue,
            List.of(),
            List.of());
    URI url = URI.create("grpc://127.0.0.1:" + port);
    ServerChannel.Tls none =
        new ServerChannel.Tls(Optional.empty(), Optional.empty(), Optional.empty());
    for (int i = 0; i < limits.workers(); i++) {
      ManagedChannel channel = ServerChannel.to(url, none);
      channels.add(channel);
      workers.add(worker(channel, token, performer, i, limits));
    }
  }

  private static Worker worker(
      Channel channel, String token, Performer performer, int number, Limits limits) {
    String name = "benchmark-" + number;
    return new Worker(
        channel,
        token,
        performer,
        new Profile(
            name,
            name,
            "0",
            limits.tasks(),
            new Capabilities(TaskCodec.names(), Set.of("command"), Set.of())),
        _ -> {});
  }

  /** Waits until all workers are connected. */
  void awaitWorkers() throws InterruptedException {
    while (dispatcher.presences().size() < workers.size()) {
      Thread.sleep(2);
    }
  }

  void register(String project, int slots) {
    new PostgresProjects(database.transactions())
        .register(new Project(new ProjectId(project), "https://forge.invalid/" + project, slots));
  }

  CompletableFuture<Reply> submit(RunId run, RunCommand command) {
    return loop.submit(
        new Envelope(run, command, SELF, "benchmark", "benchmark", new Envelope.Condition.None()));
  }

  /** Waits until that many runs are completed. Throws if one ended otherwise. */
  void awaitCompleted(int runs) throws SQLException, InterruptedException {
    while (completed() < runs) {
      Thread.sleep(2);
    }
  }

  private int completed() throws SQLException {
    try (var connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select count(*) filter (where status = 'completed'),
                  count(*) filter (where status in ('failed', 'blocked', 'cancelled')) from run
                """)) {
      row.next();
      if (row.getInt(2) > 0) {
        throw new IllegalStateException(row.getInt(2) + " runs were not completed");
      }
      return row.getInt(1);
    }
  }

  @Override
  public void close() {
    workers.forEach(Worker::close);
    channels.forEach(ManagedChannel::shutdownNow);
    server.close();
    dispatcher.close();
    loop.close();
    listener.close();
    database.close();
  }
}
