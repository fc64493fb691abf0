package dev.capstan.server;

import dev.capstan.api.Endpoint;
import dev.capstan.control.RunService;
import dev.capstan.server.admin.AuditController;
import dev.capstan.server.admin.ClusterController;
import dev.capstan.server.admin.FirstToken;
import dev.capstan.server.admin.GrantController;
import dev.capstan.server.admin.Jurisdiction;
import dev.capstan.server.admin.OrganisationController;
import dev.capstan.server.admin.SignInController;
import dev.capstan.server.admin.TokenController;
import dev.capstan.server.auth.AuditFilter;
import dev.capstan.server.auth.Callers;
import dev.capstan.server.auth.LimitFilter;
import dev.capstan.server.auth.LiveTokens;
import dev.capstan.server.auth.Refusals;
import dev.capstan.server.auth.RequestPace;
import dev.capstan.server.auth.Rules;
import dev.capstan.server.auth.SecurityHeaders;
import dev.capstan.server.auth.SignIn;
import dev.capstan.server.auth.TokenFilter;
import dev.capstan.server.live.EventStreamController;
import dev.capstan.server.live.LiveLog;
import dev.capstan.server.mcp.McpController;
import dev.capstan.server.mcp.McpTools;
import dev.capstan.server.mcp.Methods;
import dev.capstan.server.mcp.Resources;
import dev.capstan.server.mcp.RunTools;
import dev.capstan.server.metrics.MetricsController;
import dev.capstan.server.metrics.PartGauges;
import dev.capstan.server.metrics.RequestMeter;
import dev.capstan.server.orchestration.OrchestrationEndpoint;
import dev.capstan.server.orchestration.TokenGuard;
import dev.capstan.server.rest.Analyses;
import dev.capstan.server.rest.AnalysisController;
import dev.capstan.server.rest.ArtifactController;
import dev.capstan.server.rest.BudgetController;
import dev.capstan.server.rest.CheckController;
import dev.capstan.server.rest.DescriptionController;
import dev.capstan.server.rest.EvidenceController;
import dev.capstan.server.rest.GraphController;
import dev.capstan.server.rest.HaltController;
import dev.capstan.server.rest.IndexedProjects;
import dev.capstan.server.rest.KeyedRequests;
import dev.capstan.server.rest.KnowledgeController;
import dev.capstan.server.rest.LeftWork;
import dev.capstan.server.rest.MemoryController;
import dev.capstan.server.rest.ModelCallController;
import dev.capstan.server.rest.PastController;
import dev.capstan.server.rest.PlanController;
import dev.capstan.server.rest.PolicyController;
import dev.capstan.server.rest.PresenceController;
import dev.capstan.server.rest.Problems;
import dev.capstan.server.rest.ProjectController;
import dev.capstan.server.rest.ReportController;
import dev.capstan.server.rest.Reversion;
import dev.capstan.server.rest.RunActions;
import dev.capstan.server.rest.RunController;
import dev.capstan.server.rest.RunStart;
import dev.capstan.server.rest.RunStreams;
import dev.capstan.server.rest.RunTexts;
import dev.capstan.server.rest.ShownRuns;
import dev.capstan.server.rest.SnapshotController;
import dev.capstan.server.rest.StepController;
import dev.capstan.server.rest.WorldController;
import dev.capstan.server.trace.RequestTrace;
import dev.capstan.server.webhook.WebhookController;
import dev.capstan.server.wishes.CampaignController;
import dev.capstan.server.wishes.IntakeController;
import dev.capstan.server.wishes.Remaining;
import dev.capstan.server.workers.GitController;
import dev.capstan.server.workers.TokenGatekeeper;
import dev.capstan.worker.Workshop;
import dev.capstan.workspace.git.GitService;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.catalina.core.StandardContext;
import org.apache.tomcat.websocket.server.WsSci;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/**
 * The HTTP server of an installation: always on loopback, with a token of its own for each start,
 * for whoever can read the data folder; and where else it is told to listen.
 */
public final class CapstanServer implements AutoCloseable {
  private static final int TOKEN_BYTES = 32;

  /** Not 0, by which Tomcat would wait for ever. */
  private static final int STREAMS_END_MILLIS = 100;

  private final Installation installation;
  private final ServletWebServerApplicationContext context;
  private final PresenceController presence;
  private final Drain drain;
  private final Listening listening;
  private final RequestLimits limits;
  private final Endpoint endpoint;
  private @Nullable String workersUrl;

  private CapstanServer(
      Installation installation,
      ServletWebServerApplicationContext context,
      PresenceController presence,
      Drain drain,
      Listening listening,
      RequestLimits limits,
      Endpoint endpoint) {
    this.installation = installation;
    this.context = context;
    this.presence = presence;
    this.drain = drain;
    this.listening = listening;
    this.limits = limits;
    this.endpoint = endpoint;
  }

  /** Starts to listen on loopback alone. The installation is closed with it. */
  public static CapstanServer start(Installation installation) {
    return start(installation, Listening.LOCAL, RequestLimits.LOCAL);
  }

  /** Starts to listen. The installation is closed with it, also if it does not start. */
  static CapstanServer start(Installation installation, Listening listening, RequestLimits limits) {
    String token = token();
    PresenceController presence = new PresenceController(installation::startWorking);
    Drain drain = new Drain();
    Connectors connectors = new Connectors(listening, limits);
    try {
      @SuppressWarnings("resource") // closed with the server
      var context =
          (ServletWebServerApplicationContext)
              new SpringApplicationBuilder(ServerApplication.class)
                  .web(WebApplicationType.SERVLET)
                  .properties(properties(connectors))
                  .registerShutdownHook(false)
                  .initializers((GenericApplicationContext beans) -> {
                    beans.registerBean(Drain.class, () -> drain);
                    beans.registerBean(
                        "connectors", WebServerFactoryCustomizer.class, () -> connectors);
                    beans.registerBean(
                        SignIn.class,
                        () ->
                            new SignIn(
                                token,
                                installation.tokens(),
                                installation.people(),
                                limits.failedSignInsPerMinute(),
                                installation.metrics()::signInFailed));
                    beans.registerBean(
                        RequestPace.class, () -> new RequestPace(limits.requestsPerMinute()));
                    beans.registerBean(
                        LimitFilter.class, () -> limitFilter(installation, beans, limits));
                    register(beans, installation, presence, drain);
                  })
                  .run();
      Rules.requireAll(handlers(context));
      Endpoint endpoint =
          new Endpoint(
              "http://127.0.0.1:" + connectors.localPort(port(context)),
              token,
              ProcessHandle.current().pid(),
              Version.CURRENT);
      installation.reachedAt(listening.url(port(context)));
      return new CapstanServer(installation, context, presence, drain, listening, limits, endpoint);
    } catch (RuntimeException failure) {
      installation.close();
      throw connectors.explain(failure);
    }
  }

  private static LimitFilter limitFilter(
      Installation installation, GenericApplicationContext beans, RequestLimits limits) {
    return new LimitFilter(
        installation.callers(),
        beans.getBean(Refusals.class),
        limits.bodyBytes(),
        limits.uploadBytes(),
        beans.getBean(RequestPace.class));
  }

  private static Map<String, Object> properties(Connectors connectors) {
    Map<String, Object> properties =
        new HashMap<>(
            Map.of(
                "server.shutdown", "immediate",
                "spring.main.banner-mode", "off",
                "spring.main.log-startup-info", "false",
                "spring.threads.virtual.enabled", "true",
                "spring.mvc.async.request-timeout", "-1",
                "spring.jackson.deserialization.fail-on-unknown-properties", "true",
                "spring.jmx.enabled", "false"));
    properties.putAll(connectors.properties());
    return properties;
  }

  private static void register(
      GenericApplicationContext beans,
      Installation installation,
      PresenceController presence,
      Drain drain) {
    Workshop workshop = installation.workshop();
    RunService runs = installation.runs();
    ShownRuns shownRuns =
        new ShownRuns(
            installation.queries(),
            workshop.artifacts(),
            workshop.store(),
            installation.modelCalls());
    beans.registerBean(
        "streamsEndAtOnce", WebServerFactoryCustomizer.class, CapstanServer::streamsEndAtOnce);
    Callers callers = installation.callers();
    Jurisdiction jurisdiction = new Jurisdiction(installation.tenancy(), callers);
    beans.registerBean(Refusals.class, () -> new Refusals(beans.getBean(JsonMapper.class)));
    beans.registerBean(SecurityHeaders.class, SecurityHeaders::new);
    beans.registerBean(AuditFilter.class, () -> new AuditFilter(installation.audit()));
    beans.registerBean(
        TokenFilter.class,
        () ->
            new TokenFilter(
                beans.getBean(SignIn.class),
                callers,
                beans.getBean(Refusals.class),
                SingletonSupplier.of(() -> Rules.open(handlers(beans)))));
    beans.registerBean(
        WebMvcConfigurer.class,
        () -> new RuledEndpoints(new Rules(callers, beans.getBean(Refusals.class))));
    beans.registerBean(
        TokenController.class,
        () -> new TokenController(installation.tokens(), jurisdiction, InstantSource.system()));
    beans.registerBean(
        GrantController.class,
        () -> new GrantController(installation.grants(), jurisdiction, InstantSource.system()));
    beans.registerBean(SignInController.class, () -> new SignInController(installation.oidc()));
    beans.registerBean(
        OrganisationController.class,
        () -> new OrganisationController(installation.tenancy(), callers));
    beans.registerBean(
        AuditController.class, () -> new AuditController(installation.audit(), callers));
    beans.registerBean(Problems.class, Problems::new);
    beans.registerBean(
        HealthController.class, () -> new HealthController(drain, installation::askDatabase));
    beans.registerBean(
        KeyedRequests.class,
        () ->
            new KeyedRequests(
                installation.requestKeys(), callers, beans.getBean(JsonMapper.class)));
    beans.registerBean(
        LiveTokens.class,
        () -> new LiveTokens(installation.tokens(), installation.grants(), InstantSource.system()));
    beans.registerBean(LiveLog.class, () -> liveLog(installation));
    beans.registerBean(RequestTrace.class, () -> new RequestTrace(installation.tracing()));
    beans.registerBean(RequestMeter.class, () -> new RequestMeter(installation.metrics()));
    beans.registerBean(
        MetricsController.class,
        () -> new MetricsController(installation.metrics(), installation.depths(), callers));
    beans.registerBean(
        EventStreamController.class,
        () ->
            new EventStreamController(
                beans.getBean(LiveLog.class),
                callers,
                installation.tenancy(),
                beans.getBean(LiveTokens.class)));
    beans.registerBean(DescriptionController.class, DescriptionController::new);
    beans.registerBean(PresenceController.class, () -> presence);
    beans.registerBean(
        ProjectController.class,
        () -> new ProjectController(workshop.projects(), installation.projectHealth()));
    beans.registerBean(
        ClusterController.class,
        () -> new ClusterController(installation.cluster(), installation.dutyRecords(), callers));
    beans.registerBean(CheckController.class, () -> new CheckController(workshop));
    beans.registerBean(SnapshotController.class, () -> new SnapshotController(workshop));
    beans.registerBean(
        KnowledgeController.class,
        () ->
            new KnowledgeController(
                workshop, installation.indexes(), callers, InstantSource.system()));
    beans.registerBean(
        MemoryController.class,
        () ->
            new MemoryController(
                workshop.projects(), installation.memories(), installation.recollection()));
    beans.registerBean(
        WorldController.class,
        () ->
            new WorldController(
                workshop, installation.queries(), installation.world(), installation.indexes()));
    beans.registerBean(McpController.class, () -> mcp(installation, shownRuns));
    beans.registerBean(
        GraphController.class, () -> new GraphController(workshop, installation.indexes()));
    beans.registerBean(
        AnalysisController.class,
        () -> {
          IndexedProjects indexed =
              new IndexedProjects(workshop.projects(), installation.indexes());
          return new AnalysisController(indexed, analyses(installation, indexed));
        });
    beans.registerBean(ArtifactController.class, () -> new ArtifactController(workshop.store()));
    beans.registerBean(
        PlanController.class, () -> new PlanController(workshop, installation.planner()));
    beans.registerBean(
        PolicyController.class,
        () ->
            new PolicyController(
                installation.packs(), workshop.projects(), workshop.git(), callers));
    beans.registerBean(EvidenceController.class, () -> new EvidenceController(workshop));
    beans.registerBean(
        ReportController.class, () -> new ReportController(workshop, texts(installation)));
    beans.registerBean(
        GitController.class,
        () -> new GitController(new GitService(installation.shared()), installation.queue()));
    beans.registerBean(
        CampaignController.class,
        () ->
            new CampaignController(
                installation.campaigns(),
                installation.wishes(),
                installation.queries(),
                runs,
                new Remaining(installation.campaigns(), workshop.projects(), workshop.git()),
                callers));
    beans.registerBean(
        IntakeController.class,
        () ->
            new IntakeController(
                installation.templates(), installation.triggers(), installation.wishes()));
    beans.registerBean(
        StepController.class,
        () -> new StepController(installation.queries(), workshop.artifacts(), workshop.store()));
    beans.registerBean(
        WebhookController.class,
        () ->
            new WebhookController(
                installation.webhookSecrets(),
                installation.inbox(),
                installation.shownProjects(),
                callers,
                InstantSource.system()));
    beans.registerBean(PastController.class, () -> new PastController(shownRuns, runs, callers));
    beans.registerBean(
        HaltController.class,
        () -> new HaltController(installation.halts(), workshop.projects(), callers));
    beans.registerBean(
        RunController.class,
        () ->
            new RunController(
                runs,
                actions(installation),
                installation.creation(),
                new Reversion(workshop),
                installation.queries(),
                workshop.activity(),
                workshop.artifacts(),
                shownRuns,
                new RunStreams(
                    installation.queries(), workshop.activity(), beans.getBean(LiveTokens.class)),
                callers));
    beans.registerBean(
        ModelCallController.class,
        () -> new ModelCallController(installation.queries(), installation.modelCalls()));
    beans.registerBean(
        BudgetController.class, () -> new BudgetController(installation.accounts(), callers));
  }

  private static RunActions actions(Installation installation) {
    return new RunActions(
        installation.runs(), new LeftWork(installation.queries(), installation.workshop().git()));
  }

  private static RunTexts texts(Installation installation) {
    return new RunTexts(installation.workshop(), installation.modelCalls());
  }

  private static McpController mcp(Installation installation, ShownRuns shownRuns) {
    Workshop workshop = installation.workshop();
    RunService runs = installation.runs();
    RunTools runTools =
        new RunTools(
            new RunStart(runs, installation.creation(), installation.queries()),
            installation.planner(),
            actions(installation),
            shownRuns,
            installation.queries(),
            installation.callers(),
            InstantSource.system());
    IndexedProjects indexed = new IndexedProjects(workshop.projects(), installation.indexes());
    return new McpController(
        new Methods(
            McpTools.of(
                installation.mcp(),
                workshop.projects(),
                indexed,
                analyses(installation, indexed),
                runTools),
            new Resources(indexed, installation.queries(), texts(installation)),
            installation.callers(),
            installation.audit(),
            Version.CURRENT),
        installation.mcp(),
        installation.callers());
  }

  private static Analyses analyses(Installation installation, IndexedProjects indexed) {
    return new Analyses(
        indexed, installation.models(), installation.callers(), installation.audit());
  }

  private static LiveLog liveLog(Installation installation) {
    LiveLog log = new LiveLog(installation.wholeLog());
    PartGauges.liveClients(installation.metrics(), log::followers);
    return log;
  }

  /** A stream ends by its server's end only; to wait for that would keep every command waiting. */
  private static WebServerFactoryCustomizer<TomcatServletWebServerFactory> streamsEndAtOnce() {
    return factory ->
        factory.addContextCustomizers(context -> {
          if (context instanceof StandardContext standard) {
            standard.setUnloadDelay(STREAMS_END_MILLIS);
            standard.addServletContainerInitializer(new WsSci(), Set.of());
          }
        });
  }

  private static String token() {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private static int port(ServletWebServerApplicationContext context) {
    return Objects.requireNonNull(context.getWebServer()).getPort();
  }

  /** Lets workers on other machines in, and starts to work. */
  void listenToWorkers(WorkersDoor door) {
    int port =
        installation.listenToWorkers(
            door.listening(port(context), gatekeeper(), limits.workers()),
            List.of(
                orchestration()
                    .guarded(
                        new TokenGuard(
                            context.getBean(SignIn.class),
                            context.getBean(RequestPace.class),
                            installation.audit()),
                        (int) Math.min(limits.bodyBytes(), Integer.MAX_VALUE))));
    workersUrl = door.url(port);
  }

  private TokenGatekeeper gatekeeper() {
    return new TokenGatekeeper(
        context.getBean(SignIn.class),
        context.getBean(LiveTokens.class),
        installation.audit(),
        reason -> installation.metrics().workerRefused(reason.word()));
  }

  private OrchestrationEndpoint orchestration() {
    RunService runs = installation.runs();
    Workshop workshop = installation.workshop();
    return new OrchestrationEndpoint(
        new RunStart(runs, installation.creation(), installation.queries()),
        actions(installation),
        new ShownRuns(
            installation.queries(),
            workshop.artifacts(),
            workshop.store(),
            installation.modelCalls()),
        installation.queries(),
        installation.callers(),
        installation.audit(),
        context.getBean(LiveTokens.class));
  }

  /** Where workers on other machines connect, for people; empty if they cannot. */
  public Optional<String> workersUrl() {
    return Optional.ofNullable(workersUrl);
  }

  /** How to reach it. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** Where others reach it. */
  public String url() {
    return listening.url(port(context));
  }

  /**
   * Takes on no more work, and waits until the requests under way are answered, at most that long;
   * meanwhile it says that it is not ready. False if some still are not.
   */
  public boolean drain(Duration atMost) throws InterruptedException {
    drain.begin();
    installation.stopWorking();
    return drain.awaitIdle(atMost);
  }

  /** The first token of an admin, if there has never been a token; it is told this one time. */
  public Optional<String> firstToken() {
    return new FirstToken(installation.tokens(), InstantSource.system()).make();
  }

  /** Every handler of requests. */
  RequestMappingHandlerMapping handlers() {
    return handlers(context);
  }

  private static RequestMappingHandlerMapping handlers(BeanFactory beans) {
    return beans.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
  }

  /** Starts the worker, once. */
  public void startWorking() {
    installation.startWorking();
  }

  /** Waits until no other process uses the server any more. */
  public void awaitGuestsGone() throws InterruptedException {
    presence.awaitNobody();
  }

  @Override
  public void close() {
    context.close();
    installation.close();
  }
}
