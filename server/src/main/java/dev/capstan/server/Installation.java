package dev.capstan.server;

import dev.capstan.control.CommandLoop;
import dev.capstan.control.EventStore;
import dev.capstan.control.RunService;
import dev.capstan.control.TaskQueue;
import dev.capstan.control.records.Campaigns;
import dev.capstan.control.records.RequestKeys;
import dev.capstan.control.records.Wishes;
import dev.capstan.core.Actor;
import dev.capstan.postgres.database.Database;
import dev.capstan.postgres.database.DatabaseAddress;
import dev.capstan.postgres.database.Transactions;
import dev.capstan.postgres.embedded.DataFolder;
import dev.capstan.postgres.embedded.EmbeddedPostgres;
import dev.capstan.postgres.queue.PostgresInstallation;
import dev.capstan.postgres.queue.PostgresTaskQueue;
import dev.capstan.postgres.records.PostgresActivityLog;
import dev.capstan.postgres.records.PostgresArtifacts;
import dev.capstan.postgres.records.PostgresBaselines;
import dev.capstan.postgres.records.PostgresCampaigns;
import dev.capstan.postgres.records.PostgresExperience;
import dev.capstan.postgres.records.PostgresIntake;
import dev.capstan.postgres.records.PostgresOutbox;
import dev.capstan.postgres.records.PostgresOutcomes;
import dev.capstan.postgres.records.PostgresPolicies;
import dev.capstan.postgres.records.PostgresProjects;
import dev.capstan.postgres.records.PostgresRequestKeys;
import dev.capstan.postgres.records.PostgresWishes;
import dev.capstan.postgres.runs.Listener;
import dev.capstan.postgres.runs.PostgresEventStore;
import dev.capstan.postgres.runs.PostgresRunQueries;
import dev.capstan.postgres.runs.Signal;
import dev.capstan.sandbox.ControlGroups;
import dev.capstan.server.rest.GoalPlanner;
import dev.capstan.server.rest.PolicyPacks;
import dev.capstan.server.rest.RunCreation;
import dev.capstan.server.rest.RunStart;
import dev.capstan.server.wishes.Schedule;
import dev.capstan.server.wishes.Templates;
import dev.capstan.server.wishes.Triggers;
import dev.capstan.server.wishes.WishRunner;
import dev.capstan.worker.Activities;
import dev.capstan.worker.Worker;
import dev.capstan.worker.Workshop;
import dev.capstan.workspace.git.GitStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Everything of one data folder that this process runs: PostgreSQL, the loop, the queue, and the
 * worker once somebody needs it. Closing stops it in the opposite order.
 */
public final class Installation implements AutoCloseable {
  private static final int PARALLEL_BATCHES = 4;

  private final Settings settings;
  private final Deque<AutoCloseable> parts;
  private final Database database;
  private final TaskQueue queue;
  private final CommandLoop loop;
  private final PostgresRunQueries queries;
  private final Workshop workshop;
  private final PolicyPacks packs;
  private final PostgresWishes wishes;
  private final PostgresCampaigns campaigns;
  private final Templates templates;
  private final Triggers triggers;
  private boolean working;

  private Installation(Settings settings, DataFolder folder, Deque<AutoCloseable> parts) {
    this.settings = settings;
    this.parts = parts;
    Path data = folder.path();
    GitStore git = open(Workshops.git(data, settings.signing()));
    DatabaseAddress address = address(folder);
    database = open(Database.open(address));
    Transactions transactions = database.transactions();
    String id = PostgresInstallation.id(transactions);
    Signal feed = new Signal();
    Signal committed = new Signal(feed);
    open(new Listener(database, committed));
    EventStore store = new PostgresEventStore(transactions, committed);
    loop = open(new CommandLoop(store, InstantSource.system(), PARALLEL_BATCHES));
    queue = PostgresTaskQueue.open(transactions, committed, settings.databaseUrl().isEmpty());
    queries = new PostgresRunQueries(transactions, feed);
    ControlGroups groups = ControlGroups.detect(settings.environment());
    workshop =
        Workshops.of(
            settings,
            data,
            git,
            id,
            groups,
            new Workshops.Records(
                new PostgresProjects(transactions),
                queries,
                new PostgresBaselines(transactions),
                new PostgresActivityLog(transactions, feed),
                new PostgresArtifacts(transactions),
                new PostgresOutbox(transactions),
                new PostgresOutcomes(transactions),
                new PostgresExperience(transactions)));
    wishes = new PostgresWishes(transactions);
    campaigns = new PostgresCampaigns(transactions);
    templates = new Templates(data.resolve("templates"));
    triggers =
        new Triggers(
            data.resolve("triggers.yaml"),
            templates,
            workshop.projects(),
            new PostgresIntake(transactions));
    packs = new PolicyPacks(data.resolve("policies"), new PostgresPolicies(transactions));
    new Reconciler(workshop, groups, id).reconcile();
  }

  /**
   * Starts what is needed to answer; no work is done before {@link #startWorking}. The folder is
   * closed with it.
   */
  public static Installation start(Settings settings, DataFolder folder) {
    Deque<AutoCloseable> parts = new ArrayDeque<>();
    parts.push(folder);
    try {
      return new Installation(settings, folder, parts);
    } catch (RuntimeException failure) {
      closeAll(parts);
      throw failure;
    }
  }

  private DatabaseAddress address(DataFolder folder) {
    return settings
        .databaseUrl()
        .map(url -> DatabaseAddress.parse(url, settings.environment()))
        .orElseGet(() -> open(EmbeddedPostgres.start(folder, folder.path())).address());
  }

  private <T extends AutoCloseable> T open(T part) {
    parts.push(part);
    return part;
  }

  /** Starts the worker, and whatever begins runs by itself, once. */
  public synchronized void startWorking() {
    if (!working) {
      working = true;
      open(
          new Worker(
              queue,
              loop,
              new Activities(workshop),
              Worker.Limits.DEFAULT,
              new Actor("worker of this server")));
      open(
          new WishRunner(
              wishes, new GoalPlanner(workshop), new RunStart(runs(), creation(), queries)));
      open(new Schedule(triggers, InstantSource.system()));
    }
  }

  RunService runs() {
    return new RunService(loop, queries);
  }

  RunCreation creation() {
    return new RunCreation(workshop.projects(), workshop.store()::holds, packs, workshop.engines());
  }

  Templates templates() {
    return templates;
  }

  Triggers triggers() {
    return triggers;
  }

  Wishes wishes() {
    return wishes;
  }

  Campaigns campaigns() {
    return campaigns;
  }

  CommandLoop loop() {
    return loop;
  }

  PostgresRunQueries queries() {
    return queries;
  }

  Transactions transactions() {
    return database.transactions();
  }

  RequestKeys requestKeys() {
    return new PostgresRequestKeys(database.transactions());
  }

  PolicyPacks packs() {
    return packs;
  }

  Workshop workshop() {
    return workshop;
  }

  @Override
  public synchronized void close() {
    closeAll(parts);
  }

  private static void closeAll(Deque<AutoCloseable> parts) {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      } catch (Exception failure) {
        throw new IllegalStateException("a part did not stop", failure);
      }
    }
  }
}
