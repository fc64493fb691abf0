package dev.capstan.worker.remote;

import dev.capstan.api.worker.ArtifactContentGrpc;
import dev.capstan.api.worker.RecordsGrpc;
import dev.capstan.api.worker.Welcome;
import dev.capstan.control.Capabilities;
import dev.capstan.control.LeasedTask;
import dev.capstan.control.dispatch.Profile;
import dev.capstan.control.records.Experience;
import dev.capstan.control.records.Outbox;
import dev.capstan.control.records.Projects;
import dev.capstan.core.ProjectId;
import dev.capstan.core.run.RunCommand;
import dev.capstan.engines.Instructions;
import dev.capstan.engines.acp.Agents;
import dev.capstan.engines.prompt.Prompts;
import dev.capstan.sandbox.Bubblewrap;
import dev.capstan.sandbox.ControlGroups;
import dev.capstan.sandbox.Leftovers;
import dev.capstan.sandbox.Limits;
import dev.capstan.sandbox.Sandbox;
import dev.capstan.sandbox.SystemFolders;
import dev.capstan.verification.attestation.Signer;
import dev.capstan.worker.Activities;
import dev.capstan.worker.Engines;
import dev.capstan.worker.KnownCode;
import dev.capstan.worker.KnownPast;
import dev.capstan.worker.ModelDoor;
import dev.capstan.worker.NearestFirst;
import dev.capstan.worker.ProjectCaches;
import dev.capstan.worker.SecretScanners;
import dev.capstan.worker.SetUpNetwork;
import dev.capstan.worker.WorkFolders;
import dev.capstan.worker.Worker;
import dev.capstan.worker.Workshop;
import dev.capstan.worker.protocol.BearerToken;
import dev.capstan.worker.protocol.LeaseHeader;
import dev.capstan.worker.tracing.TracedSandbox;
import dev.capstan.worker.tracing.Tracing;
import dev.capstan.worker.tracing.TracingSettings;
import dev.capstan.workspace.forge.Forge;
import dev.capstan.workspace.git.RemoteMirrors;
import dev.capstan.workspace.toolchain.Toolchains;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A worker in a process of its own, put together on a folder of its own. */
public final class RemoteWorker implements AutoCloseable {
  /** What needs no forge and no source: all else stays with the server. */
  public static final Set<String> KINDS = Set.of("baseline", "execute", "verify", "verify-tip");

  private static final List<String> TOOLS =
      List.of("mvn", "gradle", "npm", "pnpm", "python3", "go", "cargo", "make");

  private final Worker worker;
  private final RemoteMirrors git;
  private final Servers servers;
  private final FolderLock lock;
  private final Tracing tracing;

  /**
   * How it is run.
   *
   * @param folder of its own, for clones, caches and copies of what the server has
   * @param authorities certificates that the server's own is checked with; empty for the system's
   * @param token lets it in
   * @param says told what happens between this worker and its server, for people
   */
  public record Settings(
      String name,
      int capacity,
      Path folder,
      Optional<Path> authorities,
      String token,
      String version,
      Limits limits,
      SetUpNetwork setUpNetwork,
      NearestFirst nearestFirst,
      Map<String, String> environment,
      Consumer<String> says) {
    public Settings {
      environment = Map.copyOf(environment);
    }
  }

  /**
   * Starts at once.
   *
   * @param servers of one installation; they are closed with the worker
   * @throws IllegalStateException if another worker uses the folder
   * @throws dev.capstan.sandbox.SandboxUnavailable if there is nothing to fence work in with
   */
  public RemoteWorker(Servers servers, Settings settings) {
    this.servers = servers;
    Path folder = settings.folder();
    String instance = UUID.randomUUID().toString();
    lock = FolderLock.take(folder);
    String marker = "worker-" + Integer.toHexString(folder.hashCode());
    ControlGroups groups = ControlGroups.detect(settings.environment());
    Source source = new Source(settings);
    git = new RemoteMirrors(folder, source);
    WorkFolders folders = new WorkFolders(folder.resolve("work"), git);
    clean(marker, groups, folders);
    Sandbox sandbox = new TracedSandbox(Bubblewrap.find(folder.resolve("sandbox"), groups, marker));
    tracing = TracingSettings.of(settings.environment()).open("capstan-worker", settings.version());
    Workshop workshop = workshop(settings, sandbox, folders);
    Activities activities = new Activities(workshop);
    worker =
        new Worker(
            servers,
            settings.token(),
            (leased, instructions) -> perform(activities, leased, instructions),
            new Profile(
                settings.name(),
                instance,
                settings.version(),
                settings.capacity(),
                new Capabilities(KINDS, workshop.engines().keySet(), labels())),
            settings.says(),
            tracing,
            servers::next);
    source.isServedBy(worker);
  }

  private void clean(String marker, ControlGroups groups, WorkFolders folders) {
    try {
      new Leftovers(marker).kill(_ -> true);
      groups.removeLeftovers(marker);
      folders.clear();
      git.clearUnfinished();
    } catch (IOException failure) {
      throw new UncheckedIOException("the folders of an earlier worker cannot be cleared", failure);
    }
  }

  private static Set<String> labels() {
    return Stream.concat(
            Stream.of("os:" + System.getProperty("os.name"), "sandbox:bubblewrap"),
            TOOLS.stream().filter(Toolchains::isInstalled).map(tool -> "tool:" + tool))
        .collect(Collectors.toSet());
  }

  /** Everything that the task does is done in the name of its lease. */
  private static Optional<RunCommand> perform(
      Activities activities, LeasedTask leased, Instructions instructions)
      throws InterruptedException {
    LeaseHeader.enter(leased.lease());
    try {
      return activities.perform(leased, instructions);
    } finally {
      LeaseHeader.leave();
    }
  }

  private Workshop workshop(Settings settings, Sandbox sandbox, WorkFolders folders) {
    BearerToken token = new BearerToken(settings.token());
    LeaseHeader lease = new LeaseHeader();
    RemoteRecords records =
        new RemoteRecords(
            RecordsGrpc.newBlockingStub(servers)
                .withCallCredentials(token)
                .withInterceptors(lease));
    RemoteArtifactStore store =
        new RemoteArtifactStore(
            settings.folder().resolve("artifacts"),
            ArtifactContentGrpc.newBlockingStub(servers)
                .withCallCredentials(token)
                .withInterceptors(lease),
            ArtifactContentGrpc.newStub(servers)
                .withCallCredentials(token)
                .withInterceptors(lease));
    return new Workshop(
        Elsewhere.port(Projects.class),
        records.runs(),
        records.baselines(),
        records.activity(),
        records.artifacts(),
        Elsewhere.port(Outbox.class),
        records.outcomes(),
        Elsewhere.port(Experience.class),
        git,
        store,
        Elsewhere.port(Forge.class),
        new Signer(settings.folder()),
        sandbox,
        SystemFolders.detect(settings.folder().resolve("sandbox"), settings.environment()),
        settings.limits(),
        settings.setUpNetwork(),
        SecretScanners.on(settings.environment().getOrDefault("PATH", "")),
        settings.nearestFirst(),
        Engines.all(
            sandbox,
            settings.environment(),
            settings.limits(),
            Agents.installed(settings.folder(), settings.environment().getOrDefault("PATH", "")),
            Prompts.in(settings.folder().resolve("prompts"))),
        folders,
        new ProjectCaches(settings.folder().resolve("caches")),
        KnownCode.NOTHING,
        KnownPast.NOTHING,
        Optional.of(new ModelDoor(servers, settings.token())));
  }

  /** The server's mirrors over git's smart HTTP, on the host that the worker has reached. */
  private final class Source implements RemoteMirrors.Server {
    private final Settings settings;

    /** What an earlier worker left is rescued before there is one. */
    private volatile Supplier<Optional<Welcome>> welcome = Optional::empty;

    Source(Settings settings) {
      this.settings = settings;
    }

    void isServedBy(Worker started) {
      welcome = started::welcome;
    }

    @Override
    public Optional<String> url(ProjectId project) {
      return welcome
          .get()
          .map(welcomed ->
              (welcomed.getHttpOverTls() ? "https://" : "http://")
                  + servers.host()
                  + ':'
                  + welcomed.getHttpPort()
                  + "/git/"
                  + project);
    }

    @Override
    public List<String> headers() {
      List<String> headers = new ArrayList<>();
      headers.add("Authorization: Bearer " + settings.token());
      LeaseHeader.value().ifPresent(lease -> headers.add(LeaseHeader.NAME + ": " + lease));
      return headers;
    }

    @Override
    public Optional<Path> authorities() {
      return settings.authorities();
    }
  }

  /** Takes nothing more, waits until what is under way is done, and goes. */
  public void drain() throws InterruptedException {
    worker.drain();
    worker.awaitGone();
  }

  /** Waits until it was drained from elsewhere, closed, or refused. */
  public void awaitGone() throws InterruptedException {
    worker.awaitGone();
  }

  /** Why the server does not want it; empty if it does. */
  public Optional<String> refusal() {
    return worker.refusal();
  }

  @Override
  public void close() {
    worker.close();
    git.close();
    servers.close();
    tracing.close();
    lock.close();
  }
}
