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
import dev.capstan.postgres.runs.Listener;
import dev.capstan.postgres.runs.PostgresEventStore;
import dev.capstan.postgres.runs.Signal;
import dev.capstan.server.workers.WorkerServer;
import dev.capstan.worker.Performer;
import dev.capstan.worker.Worker;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The product's own parts, put together as a server with one worker puts them together. */
final class Capstan implements AutoCloseable {
  private static final int PARALLEL_BATCHES = 4;
  private static final Actor SELF = new Actor("benchmark");

  private final Database database;
  private final Listener listener;
  private final CommandLoop loop;
  private final Dispatcher dispatcher;
  private final WorkerServer server;
  private final Worker worker;

  /**
   * How much is done at once.
   *
   * @param tasks side by side
   * @param executions engines' work
   */
  record Limits(int tasks, int executions, Allocation allocation) {}

  Capstan(DatabaseAddress address, Performer performer, Limits limits) {
    database = Database.open(address);
    Transactions transactions = database.transactions();
    Signal committed = new Signal();
    listener = new Listener(database, committed);
    loop =
        new CommandLoop(
            new PostgresEventStore(transactions, committed),
            InstantSource.system(),
            PARALLEL_BATCHES);
    TaskQueue queue = PostgresTaskQueue.open(transactions, committed, true);
    dispatcher = new Dispatcher(queue, limits.allocation(), limits.executions());
    server = new WorkerServer(dispatcher, loop);
    Profile profile =
        new Profile(
            "benchmark",
            "benchmark",
            "0",
            limits.tasks(),
            new Capabilities(TaskCodec.names(), Set.of("command"), Set.of()));
    worker = new Worker(server.channel(), server.token(), performer, profile, _ -> {});
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
    worker.close();
    server.close();
    dispatcher.close();
    loop.close();
    listener.close();
    database.close();
  }
}
