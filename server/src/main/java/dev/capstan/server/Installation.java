package dev.capstan.server;

import dev.capstan.adapters.neo4j.Neo4jGraphs;
import dev.capstan.adapters.vectors.OutsideVectors;
import dev.capstan.control.BatchListener;
import dev.capstan.control.Capabilities;
import dev.capstan.control.CommandLoop;
import dev.capstan.control.EventStore;
import dev.capstan.control.HaltService;
import dev.capstan.control.RunService;
import dev.capstan.control.TaskQueue;
import dev.capstan.control.access.AuditLog;
import dev.capstan.control.access.Grants;
import dev.capstan.control.access.Tenancy;
import dev.capstan.control.access.Tokens;
import dev.capstan.control.cluster.Cluster;
import dev.capstan.control.cluster.Duties;
import dev.capstan.control.cluster.Duty;
import dev.capstan.control.codec.TaskCodec;
import dev.capstan.control.dispatch.DispatchListener;
import dev.capstan.control.dispatch.Dispatcher;
import dev.capstan.control.dispatch.Profile;
import dev.capstan.control.records.Campaigns;
import dev.capstan.control.records.Inbox;
import dev.capstan.control.records.Memories;
import dev.capstan.control.records.ProjectHealth;
import dev.capstan.control.records.Projects;
import dev.capstan.control.records.RequestKeys;
import dev.capstan.control.records.RunQueries;
import dev.capstan.control.records.Wishes;
import dev.capstan.control.records.World;
import dev.capstan.core.RunId;
import dev.capstan.models.Gateway;
import dev.capstan.models.cache.Replay;
import dev.capstan.models.catalog.ModelCatalog;
import dev.capstan.models.records.ModelCallQueries;
import dev.capstan.models.spending.Accounts;
import dev.capstan.models.upstream.HttpProvision;
import dev.capstan.models.upstream.Patience;
import dev.capstan.postgres.cluster.PostgresCluster;
import dev.capstan.postgres.cluster.PostgresDuties;
import dev.capstan.postgres.database.Database;
import dev.capstan.postgres.database.DatabaseAddress;
import dev.capstan.postgres.database.Transactions;
import dev.capstan.postgres.embedded.DataFolder;
import dev.capstan.postgres.embedded.EmbeddedPostgres;
import dev.capstan.postgres.queue.PostgresDepths;
import dev.capstan.postgres.queue.PostgresHalts;
import dev.capstan.postgres.queue.PostgresInstallation;
import dev.capstan.postgres.queue.PostgresTaskQueue;
import dev.capstan.postgres.records.PostgresActivityLog;
import dev.capstan.postgres.records.PostgresArtifacts;
import dev.capstan.postgres.records.PostgresAuditLog;
import dev.capstan.postgres.records.PostgresBaselines;
import dev.capstan.postgres.records.PostgresBudgets;
import dev.capstan.postgres.records.PostgresCampaigns;
import dev.capstan.postgres.records.PostgresDutyRecords;
import dev.capstan.postgres.records.PostgresExperience;
import dev.capstan.postgres.records.PostgresGrants;
import dev.capstan.postgres.records.PostgresInbox;
import dev.capstan.postgres.records.PostgresIntake;
import dev.capstan.postgres.records.PostgresMemories;
import dev.capstan.postgres.records.PostgresModelCalls;
import dev.capstan.postgres.records.PostgresOutbox;
import dev.capstan.postgres.records.PostgresOutcomes;
import dev.capstan.postgres.records.PostgresPolicies;
import dev.capstan.postgres.records.PostgresProjectHealth;
import dev.capstan.postgres.records.PostgresProjects;
import dev.capstan.postgres.records.PostgresRequestKeys;
import dev.capstan.postgres.records.PostgresResponseCache;
import dev.capstan.postgres.records.PostgresRetention;
import dev.capstan.postgres.records.PostgresTenancy;
import dev.capstan.postgres.records.PostgresTokens;
import dev.capstan.postgres.records.PostgresWishes;
import dev.capstan.postgres.records.PostgresWorld;
import dev.capstan.postgres.runs.Interventions;
import dev.capstan.postgres.runs.Listener;
import dev.capstan.postgres.runs.PostgresEventStore;
import dev.capstan.postgres.runs.PostgresRunQueries;
import dev.capstan.postgres.runs.Signal;
import dev.capstan.sandbox.ControlGroups;
import dev.capstan.server.admin.AuditExport;
import dev.capstan.server.auth.Callers;
import dev.capstan.server.auth.OidcSettings;
import dev.capstan.server.auth.People;
import dev.capstan.server.auth.VisibleArtifacts;
import dev.capstan.server.auth.VisibleProjects;
import dev.capstan.server.knowledge.Embedders;
import dev.capstan.server.knowledge.Indexes;
import dev.capstan.server.knowledge.MemoryKeeper;
import dev.capstan.server.knowledge.Recollection;
import dev.capstan.server.knowledge.Refresh;
import dev.capstan.server.knowledge.SharedEmbedder;
import dev.capstan.server.mcp.McpSettings;
import dev.capstan.server.metrics.DepthGauges;
import dev.capstan.server.metrics.MeasuredCalls;
import dev.capstan.server.metrics.MeasuredSandbox;
import dev.capstan.server.metrics.MeasuredStore;
import dev.capstan.server.metrics.Metrics;
import dev.capstan.server.metrics.PartGauges;
import dev.capstan.server.metrics.RunMeter;
import dev.capstan.server.metrics.WorkMeter;
import dev.capstan.server.models.ModelServer;
import dev.capstan.server.models.RecordedAnswers;
import dev.capstan.server.models.RecordedCalls;
import dev.capstan.server.models.RunBrake;
import dev.capstan.server.models.SecretScanner;
import dev.capstan.server.rest.GoalPlanner;
import dev.capstan.server.rest.ModelPlanning;
import dev.capstan.server.rest.PolicyPacks;
import dev.capstan.server.rest.RunCreation;
import dev.capstan.server.rest.RunStart;
import dev.capstan.server.rest.ServerModels;
import dev.capstan.server.s3.Bucket;
import dev.capstan.server.trace.WorkTrace;
import dev.capstan.server.webhook.InboxRunner;
import dev.capstan.server.webhook.Telling;
import dev.capstan.server.webhook.WebhookSecrets;
import dev.capstan.server.wishes.Schedule;
import dev.capstan.server.wishes.Templates;
import dev.capstan.server.wishes.Triggers;
import dev.capstan.server.wishes.WishRunner;
import dev.capstan.server.workers.WorkerServer;
import dev.capstan.worker.Activities;
import dev.capstan.worker.KnownCode;
import dev.capstan.worker.ModelDoor;
import dev.capstan.worker.Worker;
import dev.capstan.worker.Workshop;
import dev.capstan.worker.remote.RemoteWorker;
import dev.capstan.worker.tracing.TracedSandbox;
import dev.capstan.worker.tracing.Tracing;
import dev.capstan.workspace.git.GitStore;
import io.grpc.ServerServiceDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything of one data folder that this process runs: PostgreSQL, the loop, the queue, and the
 * worker once somebody needs it. Closing stops it in the opposite order.
 */
public final class Installation implements AutoCloseable {
  private static final int PARALLEL_BATCHES = 4;

  /** Side by side, by the worker of this process. */
  private static final int TASKS = 8;

  /** Engines' work under way at once, over all servers. */
  private static final int EXECUTIONS = 5;

  private static final Duration INDEXES_EVERY = Duration.ofMinutes(1);

  private final Settings settings;
  private final Metrics metrics;
  private final WorkMeter workMeter;
  private final Tracing tracing;
  private final WorkTrace workTrace;
  private final Folders folders;
  private final Identity identity;
  private final Deque<AutoCloseable> parts;
  private final Database database;
  private final TaskQueue queue;
  private final CommandLoop loop;
  private final PostgresRunQueries queries;
  private final Workshop workshop;
  private final Callers callers = new Callers();
  private final Tokens tokens;
  private final Grants grants;
  private final AuditLog audit;
  private final Optional<Bucket> auditBucket;
  private final Tenancy tenancy;
  private final PostgresRunQueries shownRuns;
  private final Workshop shown;
  private final Triggers shownTriggers;
  private final PolicyPacks packs;
  private final PostgresWishes wishes;
  private final PostgresInbox inbox;
  private final HaltService halts;
  private final PostgresCampaigns campaigns;
  private final Gateway gateway;
  private final PostgresBudgets budgets;
  private final PostgresModelCalls modelCalls;
  private final Templates templates;
  private final Triggers triggers;
  private final Deque<AutoCloseable> workers = new ArrayDeque<>();
  private volatile String url = "";
  private final Indexes indexes;
  private final Memories memories;
  private final Memories shownMemories;
  private final Recollection shownRecollection;
  private boolean working;
  private boolean ending;
  private @Nullable WorkerServer workerServer;
  private volatile @Nullable Dispatcher dispatcher;

  private Installation(Settings settings, DataFolder folder, Deque<AutoCloseable> parts) {
    this.settings = settings;
    this.parts = parts;
    folders = Folders.of(folder.path(), settings);
    Path shared = folders.shared();
    metrics = open(new Metrics(folders.data()));
    workMeter = new WorkMeter(metrics);
    tracing = open(settings.tracing().open("capstan-server", Version.CURRENT));
    workTrace = new WorkTrace(tracing, InstantSource.system());
    GitStore git = open(Workshops.git(folders, folder.serverId(), settings.signing()));
    DatabaseAddress address = address(folder);
    database = open(Database.open(address));
    Transactions transactions = database.transactions();
    identity = new Identity(PostgresInstallation.id(transactions), folder.serverId());
    Signal feed = new Signal();
    Signal committed = new Signal(feed);
    Interventions interventions = new Interventions(transactions, committed);
    open(new Listener(database, committed, interventions));
    queue =
        PostgresTaskQueue.open(
            transactions, committed, interventions, settings.databaseUrl().isEmpty());
    queries = new PostgresRunQueries(transactions, feed);
    ControlGroups groups = ControlGroups.detect(settings.environment());
    SharedEmbedder embedder =
        open(new SharedEmbedder(() -> Embedders.bundled(folders.data().resolve("libraries"))));
    indexes =
        open(
            new Indexes(
                folders.data().resolve("index"),
                embedder,
                settings.vectors().map(outside -> open(OutsideVectors.of(outside))),
                settings.graph().map(outside -> open(new Neo4jGraphs(outside)))));
    memories = new PostgresMemories(transactions);
    shownMemories = new PostgresMemories(transactions, callers::access);
    shownRecollection = new Recollection(shownMemories, embedder);
    workshop =
        Workshops.of(
            settings,
            folders,
            identity,
            git,
            new KnownCode(indexes::findGraphs, settings.contextTokens()),
            new Recollection(memories, embedder),
            groups,
            new Workshops.Records(
                new PostgresProjects(transactions),
                queries,
                new PostgresBaselines(transactions),
                new PostgresActivityLog(transactions, feed),
                new PostgresArtifacts(transactions),
                new PostgresOutbox(transactions),
                new PostgresOutcomes(transactions),
                new PostgresExperience(transactions)),
            sandbox -> new MeasuredSandbox(new TracedSandbox(sandbox), metrics));
    EventStore store =
        new MeasuredStore(
            new PostgresEventStore(transactions, committed, interventions),
            new RunMeter(metrics, workshop.engines().keySet()));
    loop =
        open(
            new CommandLoop(
                store,
                InstantSource.system(),
                PARALLEL_BATCHES,
                workMeter.and((BatchListener) workTrace)));
    PartGauges.connections(metrics, database::connections);
    PartGauges.workers(metrics, this::presences);
    wishes = new PostgresWishes(transactions);
    campaigns = new PostgresCampaigns(transactions, callers::access);
    tokens = new PostgresTokens(transactions);
    grants = new PostgresGrants(transactions);
    audit = new PostgresAuditLog(transactions);
    auditBucket =
        settings
            .auditExport()
            .map(to -> open(new Bucket(to, settings.environment(), InstantSource.system())));
    tenancy = new PostgresTenancy(transactions);
    shownRuns = new PostgresRunQueries(transactions, feed, callers::access);
    shown =
        workshop.seeing(
            new VisibleProjects(
                new PostgresProjects(transactions, callers::access),
                callers,
                List.of(folders.data(), shared)),
            shownRuns,
            new PostgresExperience(transactions, callers::access),
            new VisibleArtifacts(workshop.store(), tenancy, callers));
    templates = new Templates(shared.resolve("templates"));
    triggers = triggers(shared, workshop, transactions);
    shownTriggers = triggers(shared, shown, transactions);
    halts =
        new HaltService(
            new PostgresHalts(transactions, interventions, callers::access), loop, shownRuns);
    inbox = new PostgresInbox(transactions);
    HttpProvision provision = open(new HttpProvision(Patience.USUAL));
    ModelCatalog models = settings.models();
    modelCalls = new PostgresModelCalls(transactions);
    budgets = new PostgresBudgets(transactions, models.budgets(), InstantSource.system());
    gateway =
        open(
            new Gateway(
                models,
                provision,
                budgets,
                new RunBrake(loop),
                new MeasuredCalls(
                    new RecordedCalls(modelCalls, workshop.store(), workshop.artifacts()), metrics),
                new PostgresResponseCache(transactions),
                models
                    .replay()
                    .map(run ->
                        new Replay(
                            new RecordedAnswers(modelCalls, workshop.store(), new RunId(run)))),
                Patience.USUAL,
                InstantSource.system()));
    open(Refresh.start(indexes, workshop.git(), InstantSource.system(), INDEXES_EVERY));
    PartGauges.budget(metrics, budgets::usedThisMonth);
    packs = new PolicyPacks(shared.resolve("policies"), new PostgresPolicies(transactions));
    new Reconciler(workshop, groups, identity).reconcile();
    new OpenEffects(workshop, budgets).settle();
  }

  /** The workers that are connected to this server. */
  private List<Dispatcher.Presence> presences() {
    Dispatcher now = dispatcher;
    return now == null ? List.of() : now.presences();
  }

  private Triggers triggers(Path shared, Workshop seen, Transactions transactions) {
    return new Triggers(
        shared.resolve("triggers.yaml"),
        templates,
        seen.projects(),
        new PostgresIntake(transactions),
        wishes);
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
    if (!working && !ending) {
      working = true;
      Dispatcher claimer =
          new Dispatcher(
              queue,
              settings.allocation(),
              EXECUTIONS,
              workMeter.and((DispatchListener) workTrace));
      dispatcher = claimer;
      workers.push(claimer);
      ModelServer models = new ModelServer(gateway, queue);
      workers.push(models);
      WorkerServer connections =
          new WorkerServer(claimer, loop, Optional.of(WorkerServer.models(models, queue)));
      workerServer = connections;
      workers.push(connections);
      workers.push(
          new Worker(
              connections.channel(),
              connections.token(),
              new Activities(
                  workshop.with(new ModelDoor(connections.channel(), connections.token()))),
              builtInWorker(),
              _ -> {},
              tracing,
              () -> {}));
      workers.push(
          new WishRunner(
              wishes, planner(), new RunStart(runs(), creation(), shownRuns), callers, tracing));
      workers.push(PostgresDuties.start(database, identity.server(), duties()));
      workers.push(new HeartBeat(cluster(), this::self, claimer));
      workers.push(
          new InboxRunner(
              inbox,
              new Telling(
                  inbox, runs(), queries, workshop.projects(), triggers, workshop.activity())));
    }
  }

  private List<Duty> duties() {
    return AllDuties.of(
        settings,
        queue,
        new OpenEffects(workshop, budgets),
        new Schedule(triggers, InstantSource.system()),
        new PostgresRetention(transactions()),
        memoryKeeper(),
        new ProjectCare(workshop.projects(), workshop.git(), projectHealth()),
        auditBucket.map(bucket -> new AuditExport(audit, bucket)));
  }

  Cluster cluster() {
    return new PostgresCluster(transactions());
  }

  ProjectHealth projectHealth() {
    return new PostgresProjectHealth(transactions());
  }

  Duties dutyRecords() {
    return new PostgresDutyRecords(transactions());
  }

  private Cluster.Self self() {
    ProcessHandle process = ProcessHandle.current();
    return new Cluster.Self(identity.server(), Machine.name(), url, Version.CURRENT, process.pid());
  }

  /** So that others can be told. */
  void reachedAt(String address) {
    url = address;
  }

  /**
   * Starts working, and lets workers on other machines in.
   *
   * @param others services that are reached at the same port
   * @return the port
   */
  public synchronized int listenToWorkers(
      WorkerServer.Listening listening, List<ServerServiceDefinition> others) {
    startWorking();
    return Objects.requireNonNull(workerServer).listen(listening, queue, workshop, others);
  }

  private Profile builtInWorker() {
    return new Profile(
        "of this server",
        UUID.randomUUID().toString(),
        Version.CURRENT,
        TASKS,
        new Capabilities(kinds(), workshop.engines().keySet(), Set.of()));
  }

  /** What needs the sources or the forge is done here in any case. */
  private Set<String> kinds() {
    Set<String> kinds = new HashSet<>(TaskCodec.names());
    if (!settings.worksItself()) {
      kinds.removeAll(RemoteWorker.KINDS);
    }
    return kinds;
  }

  /** Claims nothing any more, and gives back what was not done; requests are still answered. */
  synchronized void stopWorking() {
    ending = true;
    closeAll(workers);
  }

  /** Throws if the database does not answer. */
  void askDatabase() {
    PostgresInstallation.id(database.transactions());
  }

  RunService runs() {
    return new RunService(loop, queries);
  }

  RunCreation creation() {
    return new RunCreation(shown.projects(), shown.store()::holds, packs, shown.engines());
  }

  /** For whoever asks. */
  GoalPlanner planner() {
    ModelPlanning models =
        new ModelPlanning(
            models(), settings.models(), Workshops.prompts(folders.data()), shown.engines());
    return new GoalPlanner(shown, models, metrics::planned);
  }

  /** For the server's own questions. */
  ServerModels models() {
    return new ServerModels(gateway, new SecretScanner());
  }

  Tracing tracing() {
    return tracing;
  }

  /** What is measured; parts that know more add meters of their own. */
  Metrics metrics() {
    return metrics;
  }

  DepthGauges depths() {
    return new DepthGauges(new PostgresDepths(database.transactions())::read, metrics);
  }

  Templates templates() {
    return templates;
  }

  Callers callers() {
    return callers;
  }

  Grants grants() {
    return grants;
  }

  /** Those whom an issuer names, if there is one. */
  Optional<People> people() {
    return settings.oidc().map(oidc -> new People(oidc, grants));
  }

  Tokens tokens() {
    return tokens;
  }

  AuditLog audit() {
    return audit;
  }

  Tenancy tenancy() {
    return tenancy;
  }

  /** For whoever asks, as all of what follows. */
  Triggers triggers() {
    return shownTriggers;
  }

  Wishes wishes() {
    return wishes;
  }

  HaltService halts() {
    return halts;
  }

  Indexes indexes() {
    return indexes;
  }

  Memories memories() {
    return shownMemories;
  }

  World world() {
    return new PostgresWorld(transactions(), callers::access);
  }

  Recollection recollection() {
    return shownRecollection;
  }

  /** What remembers the steps of every project. */
  MemoryKeeper memoryKeeper() {
    return new MemoryKeeper(queries, memories, workshop.git(), new SecretScanner());
  }

  Inbox inbox() {
    return inbox;
  }

  WebhookSecrets webhookSecrets() {
    return settings.webhookSecrets();
  }

  McpSettings mcp() {
    return settings.mcp();
  }

  Optional<OidcSettings> oidc() {
    return settings.oidc();
  }

  Campaigns campaigns() {
    return campaigns;
  }

  Path shared() {
    return folders.shared();
  }

  TaskQueue queue() {
    return queue;
  }

  CommandLoop loop() {
    return loop;
  }

  PostgresRunQueries queries() {
    return shownRuns;
  }

  /** Of every project: whoever is shown of it is shown what is theirs. */
  RunQueries wholeLog() {
    return queries;
  }

  /** Those that whoever asks may see. */
  Projects shownProjects() {
    return shown.projects();
  }

  ModelCallQueries modelCalls() {
    return modelCalls;
  }

  Accounts accounts() {
    return budgets;
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
    return shown;
  }

  @Override
  public synchronized void close() {
    stopWorking();
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
