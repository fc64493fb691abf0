package dev.capstan.cli.session;

import dev.capstan.api.Action;
import dev.capstan.api.ActionRequest;
import dev.capstan.api.ActivityView;
import dev.capstan.api.AnalyseSubject;
import dev.capstan.api.AnalysisView;
import dev.capstan.api.ArtifactView;
import dev.capstan.api.AskModel;
import dev.capstan.api.AuditCheck;
import dev.capstan.api.AuditView;
import dev.capstan.api.BudgetView;
import dev.capstan.api.CampaignView;
import dev.capstan.api.CatalogueEntry;
import dev.capstan.api.ChangeBudget;
import dev.capstan.api.ChangedPlan;
import dev.capstan.api.CheckProject;
import dev.capstan.api.ContextView;
import dev.capstan.api.CreateCampaign;
import dev.capstan.api.CreateGrant;
import dev.capstan.api.CreateRun;
import dev.capstan.api.CreateToken;
import dev.capstan.api.CreatedToken;
import dev.capstan.api.DutyView;
import dev.capstan.api.Endpoint;
import dev.capstan.api.ErrorCode;
import dev.capstan.api.EstimatePlan;
import dev.capstan.api.EventView;
import dev.capstan.api.FillTemplate;
import dev.capstan.api.FilledTemplate;
import dev.capstan.api.ForkRun;
import dev.capstan.api.GrantView;
import dev.capstan.api.GraphNodeView;
import dev.capstan.api.GraphPathView;
import dev.capstan.api.GraphSubsystemsView;
import dev.capstan.api.HaltRequest;
import dev.capstan.api.HaltView;
import dev.capstan.api.IndexCoverage;
import dev.capstan.api.IndexProject;
import dev.capstan.api.IndexView;
import dev.capstan.api.InjectSteps;
import dev.capstan.api.IntakeEvent;
import dev.capstan.api.MemoryReuseView;
import dev.capstan.api.MemorySearchView;
import dev.capstan.api.MemoryView;
import dev.capstan.api.ModelSaid;
import dev.capstan.api.OrganisationView;
import dev.capstan.api.Page;
import dev.capstan.api.PlanGoal;
import dev.capstan.api.PlannedGoal;
import dev.capstan.api.PolicyChoice;
import dev.capstan.api.PolicyPackView;
import dev.capstan.api.PolicyView;
import dev.capstan.api.Problem;
import dev.capstan.api.ProjectCheckView;
import dev.capstan.api.ProjectView;
import dev.capstan.api.RevertRun;
import dev.capstan.api.RotateToken;
import dev.capstan.api.RunSummary;
import dev.capstan.api.RunView;
import dev.capstan.api.SearchView;
import dev.capstan.api.ServerView;
import dev.capstan.api.SignInView;
import dev.capstan.api.SnapshotComparison;
import dev.capstan.api.SnapshotSummary;
import dev.capstan.api.SnapshotView;
import dev.capstan.api.StepEstimate;
import dev.capstan.api.TemplateView;
import dev.capstan.api.TokenView;
import dev.capstan.api.TriggerView;
import dev.capstan.api.WorkerView;
import dev.capstan.api.WorldFile;
import dev.capstan.api.WorldView;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import tools.jackson.core.JacksonException;

/** The API of one server. Safe for many threads. */
public final class Client implements AutoCloseable {
  private static final int LARGEST_PAGE = 1_000;
  private static final int MOST_CAMPAIGNS = 100;

  private final String url;
  private final Supplier<String> token;
  private final String place;
  private final HttpClient http;

  public Client(Endpoint endpoint) {
    this(endpoint.url(), endpoint::token, "", Optional.empty());
  }

  /**
   * A client of the server at that address.
   *
   * @param token asked for with each request; "" for none
   * @param place where to act, for whoever has several roles; "" for the first
   * @param trust says whose certificates are good, if not the JVM does
   */
  Client(String url, Supplier<String> token, String place, Optional<SSLContext> trust) {
    this.url = url;
    this.token = token;
    this.place = place;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(trust.isPresent() ? 10 : 2))
            .version(HttpClient.Version.HTTP_1_1);
    trust.ifPresent(builder::sslContext);
    this.http = builder.build();
  }

  public RunView create(CreateRun run) {
    return post("/runs", run, RunView.class);
  }

  /** Creates the run that takes back what another one has delivered. */
  public RunView revert(String run, RevertRun request) {
    return post("/runs/" + encoded(run) + "/revert", request, RunView.class);
  }

  /** Throws {@link ApiFailure} if no run could carry the plan out. */
  public CreateRun.PlanDocument check(CreateRun.PlanDocument plan) {
    return post("/plans/check", plan, CreateRun.PlanDocument.class);
  }

  /** A plan by rules for a goal in plain words. */
  public PlannedGoal plan(PlanGoal request) {
    return post("/plans", request, PlannedGoal.class);
  }

  /** What a model answers when it is asked once. */
  public ModelSaid ask(AskModel request) {
    return post("/plans/answers", request, ModelSaid.class);
  }

  /** What may be expected of the steps of a plan, each in its turn. */
  public List<StepEstimate> estimates(EstimatePlan plan) {
    return List.of(post("/plans/estimates", plan, StepEstimate[].class));
  }

  /** What can be planned by rules; with words, what is nearest to them. */
  public List<CatalogueEntry> catalogue(String words) {
    return List.of(get("/plans/catalogue?words=" + encoded(words), CatalogueEntry[].class));
  }

  public RunView run(String id) {
    return get("/runs/" + encoded(id), RunView.class);
  }

  public List<RunSummary> runs(int limit) {
    return all("/runs?limit=" + Math.clamp(limit, 1, LARGEST_PAGE), RunSummary.class)
        .limit(limit)
        .toList();
  }

  /** Acts if the run is still at that version; 0 to act whatever has happened since. */
  public RunView act(String run, Action action, ActionRequest request, long version) {
    return post("/runs/" + encoded(run) + '/' + action.path(), request, version, RunView.class);
  }

  /** Creates a run that begins where another one was. */
  public RunView fork(String run, ForkRun request) {
    return post("/runs/" + encoded(run) + "/fork", request, RunView.class);
  }

  /** A run as it was after so many events. */
  public RunView runAt(String run, long version) {
    return get("/runs/" + encoded(run) + "/at/" + version, RunView.class);
  }

  /** What is halted as a whole. */
  public List<HaltView> halts() {
    return List.of(get("/halts", HaltView[].class));
  }

  /** Stops a project at once, or with "" all that one may see. */
  public List<HaltView> halt(String project, String reason) {
    return List.of(post(halted(project), new HaltRequest(reason), HaltView[].class));
  }

  /** Lets it go on. */
  public List<HaltView> lift(String project) {
    return List.of(
        Json.MAPPER.readValue(send(request(halted(project)).DELETE().build()), HaltView[].class));
  }

  private static String halted(String project) {
    return project.isEmpty() ? "/halts" : "/projects/" + encoded(project) + "/halt";
  }

  /** What happened, in order; each page is asked for when it is reached. */
  public Stream<EventView> events(String run) {
    return all("/runs/" + encoded(run) + "/events?limit=" + LARGEST_PAGE, EventView.class);
  }

  /** What work printed, in order; each page is asked for when it is reached. */
  public Stream<ActivityView> activity(String run) {
    return all("/runs/" + encoded(run) + "/activity?limit=" + LARGEST_PAGE, ActivityView.class);
  }

  public List<ArtifactView> artifacts(String run) {
    return all("/runs/" + encoded(run) + "/artifacts?limit=" + LARGEST_PAGE, ArtifactView.class)
        .toList();
  }

  public List<ProjectView> projects() {
    return all("/projects?limit=" + LARGEST_PAGE, ProjectView.class).toList();
  }

  public ProjectView register(ProjectView project) {
    return post("/projects", project, ProjectView.class);
  }

  /** What holds for a project, named or given by its source; for none if both are empty. */
  public PolicyView policy(String project, String source) {
    return get(
        "/policies/effective?project=" + encoded(project) + "&source=" + encoded(source),
        PolicyView.class);
  }

  public List<PolicyPackView> policyPacks() {
    return List.of(get("/policies", PolicyPackView[].class));
  }

  public PolicyView choosePolicy(PolicyChoice choice) {
    return post("/policies/choice", choice, PolicyView.class);
  }

  public ProjectCheckView check(CheckProject request) {
    return post("/projects/check", request, ProjectCheckView.class);
  }

  public List<SnapshotSummary> snapshots(String project, int limit) {
    return all(
            snapshotsOf(project) + "?limit=" + Math.clamp(limit, 1, LARGEST_PAGE),
            SnapshotSummary.class)
        .limit(limit)
        .toList();
  }

  public SnapshotView snapshot(String project, String name) {
    return get(snapshotsOf(project) + '/' + encoded(name), SnapshotView.class);
  }

  public String snapshotCsv(String project, String name) {
    return text(snapshotsOf(project) + '/' + encoded(name) + "/csv");
  }

  public SnapshotComparison compare(String project, String from, String to) {
    return get(
        snapshotsOf(project) + '/' + encoded(from) + "/compare/" + encoded(to),
        SnapshotComparison.class);
  }

  private static String snapshotsOf(String project) {
    return "/projects/" + encoded(project) + "/snapshots";
  }

  /** Begins to index; {@link #index(String)} says how far it is. */
  public IndexView index(String project, IndexProject wanted) {
    return post(indexOf(project), wanted, IndexView.class);
  }

  public IndexView index(String project) {
    return get(indexOf(project), IndexView.class);
  }

  /** Says what of a part of a project fits together, is missing or is risky. */
  public AnalysisView analyse(String project, AnalyseSubject wanted) {
    return post("/projects/" + encoded(project) + "/analysis", wanted, AnalysisView.class);
  }

  public IndexView cancelIndexing(String project) {
    return Json.MAPPER.readValue(send(request(indexOf(project)).DELETE().build()), IndexView.class);
  }

  /** {@code parameters} are those of the API. */
  public SearchView search(String project, Map<String, List<String>> parameters) {
    return get("/projects/" + encoded(project) + "/search?" + query(parameters), SearchView.class);
  }

  /** {@code parameters} are those of the API. */
  public IndexCoverage coverage(String project, Map<String, List<String>> parameters) {
    return get(
        "/projects/" + encoded(project) + "/coverage?" + query(parameters), IndexCoverage.class);
  }

  /** {@code parameters} are those of the API. */
  public ContextView context(String project, Map<String, List<String>> parameters) {
    return get(
        "/projects/" + encoded(project) + "/context?" + query(parameters), ContextView.class);
  }

  /** {@code parameters} are those of the API. */
  public GraphNodeView graphNode(String project, Map<String, List<String>> parameters) {
    return get(graphOf(project, "node", parameters), GraphNodeView.class);
  }

  /** {@code parameters} are those of the API. */
  public GraphPathView graphPath(String project, Map<String, List<String>> parameters) {
    return get(graphOf(project, "path", parameters), GraphPathView.class);
  }

  /** {@code parameters} are those of the API. */
  public GraphSubsystemsView graphSubsystems(String project, Map<String, List<String>> parameters) {
    return get(graphOf(project, "subsystems", parameters), GraphSubsystemsView.class);
  }

  private static String graphOf(String project, String what, Map<String, List<String>> parameters) {
    return "/projects/" + encoded(project) + "/graph/" + what + "?" + query(parameters);
  }

  /** What a project is like now. */
  public WorldView world(String project) {
    return get("/projects/" + encoded(project) + "/world", WorldView.class);
  }

  /** The files of an indexed tree; {@code parameters} are those of the API. */
  public List<WorldFile> worldFiles(String project, Map<String, List<String>> parameters) {
    return all(
            "/projects/" + encoded(project) + "/world/files?" + query(parameters), WorldFile.class)
        .toList();
  }

  /** What is remembered of finished steps, newest first. */
  public List<MemoryView> memories(String project, int limit) {
    return all(
            memoriesOf(project) + "?limit=" + Math.clamp(limit, 1, LARGEST_PAGE), MemoryView.class)
        .limit(limit)
        .toList();
  }

  /** {@code parameters} are those of the API. */
  public MemorySearchView searchMemories(String project, Map<String, List<String>> parameters) {
    return get(memoriesOf(project) + "/search?" + query(parameters), MemorySearchView.class);
  }

  public MemoryReuseView memoryReuse(String project) {
    return get(memoriesOf(project) + "/reuse", MemoryReuseView.class);
  }

  public MemoryView memory(String project, String id) {
    return get(memoriesOf(project) + '/' + encoded(id), MemoryView.class);
  }

  /** Deletes what is remembered of a step; returns what it was. */
  public MemoryView forgetMemory(String project, String id) {
    return Json.MAPPER.readValue(
        send(request(memoriesOf(project) + '/' + encoded(id)).DELETE().build()), MemoryView.class);
  }

  private static String memoriesOf(String project) {
    return "/projects/" + encoded(project) + "/memories";
  }

  private static String indexOf(String project) {
    return "/projects/" + encoded(project) + "/index";
  }

  private static String query(Map<String, List<String>> parameters) {
    return parameters.entrySet().stream()
        .flatMap(
            each -> each.getValue().stream().map(value -> each.getKey() + '=' + encoded(value)))
        .collect(Collectors.joining("&"));
  }

  public CampaignView create(CreateCampaign campaign) {
    return post("/campaigns", campaign, CampaignView.class);
  }

  /** Newest first. */
  public List<CampaignView> campaigns() {
    return all("/campaigns?limit=" + MOST_CAMPAIGNS, CampaignView.class)
        .limit(MOST_CAMPAIGNS)
        .toList();
  }

  public CampaignView campaign(String id) {
    return get("/campaigns/" + encoded(id), CampaignView.class);
  }

  /** {@code action} is count, pause, resume, halt, lift or cancel. */
  public CampaignView actOnCampaign(String id, String action) {
    return post("/campaigns/" + encoded(id) + '/' + action, Map.of(), CampaignView.class);
  }

  /** In Markdown. */
  public String campaignReport(String id) {
    return text("/campaigns/" + encoded(id) + "/report.md");
  }

  public List<TemplateView> templates() {
    return List.of(get("/templates", TemplateView[].class));
  }

  public TemplateView template(String name) {
    return get("/templates/" + encoded(name), TemplateView.class);
  }

  /** What a template asks for with these values. */
  public FilledTemplate fill(String template, Map<String, String> values) {
    return post(
        "/templates/" + encoded(template) + "/fill",
        new FillTemplate(values),
        FilledTemplate.class);
  }

  public List<TriggerView> triggers() {
    return List.of(get("/triggers", TriggerView[].class));
  }

  /** Says that something happened. */
  public IntakeEvent.Answer take(IntakeEvent event) {
    return post("/events", event, IntakeEvent.Answer.class);
  }

  /** Makes a token. */
  public CreatedToken create(CreateToken token) {
    return post("/tokens", token, CreatedToken.class);
  }

  public List<TokenView> tokens() {
    return all("/tokens?limit=" + LARGEST_PAGE, TokenView.class).toList();
  }

  /** Gives a token another secret; the one that it had is good for so many minutes more. */
  public CreatedToken rotateToken(String id, long graceMinutes) {
    return post(
        "/tokens/" + encoded(id) + "/rotate", new RotateToken(graceMinutes), CreatedToken.class);
  }

  public GrantView add(CreateGrant grant) {
    return post("/grants", grant, GrantView.class);
  }

  /** Newest first. */
  public List<GrantView> grants() {
    return all("/grants?limit=" + LARGEST_PAGE, GrantView.class).toList();
  }

  public void removeGrant(String id) {
    send(request("/grants/" + encoded(id)).DELETE().build());
  }

  /** Ends a token at once. */
  public void revokeToken(String id) {
    send(request("/tokens/" + encoded(id)).DELETE().build());
  }

  public List<ServerView> servers() {
    return List.of(get("/servers", ServerView[].class));
  }

  public List<WorkerView> workers() {
    return List.of(get("/workers", WorkerView[].class));
  }

  public List<DutyView> duties() {
    return List.of(get("/duties", DutyView[].class));
  }

  public List<OrganisationView> organisations() {
    return List.of(get("/organisations", OrganisationView[].class));
  }

  public OrganisationView add(OrganisationView organisation) {
    return post("/organisations", organisation, OrganisationView.class);
  }

  /** What was spent, of the accounts whose names begin so. */
  public List<BudgetView> budgets(String prefix) {
    return List.of(get("/budgets?prefix=" + encoded(prefix), BudgetView[].class));
  }

  public BudgetView changeBudget(String account, ChangeBudget change) {
    return post("/budgets/" + encoded(account) + "/limits", change, BudgetView.class);
  }

  /** Where people sign in. */
  SignInView signIn() {
    return get("/sign-in", SignInView.class);
  }

  /** Entries after that one; {@code since} is "" for all. */
  public Page<AuditView> audit(long after, String since, int limit) {
    return page(
        "/audit?after=" + after + "&since=" + encoded(since) + "&limit=" + limit, AuditView.class);
  }

  public AuditCheck checkAudit() {
    return get("/audit/check", AuditCheck.class);
  }

  /** Copies the whole audit, as {@code jsonl} or {@code csv}, as it comes. */
  public void exportAudit(String since, String format, OutputStream to) {
    String path = "/audit/export?since=" + encoded(since) + "&format=" + encoded(format);
    try (InputStream lines = body(request(path).GET().build())) {
      lines.transferTo(to);
      to.flush();
    } catch (IOException lost) {
      throw new ConnectionLost(lost);
    }
  }

  /** Adds steps to a run if it is still at that version, or 0; or previews it. */
  public ChangedPlan inject(String run, InjectSteps steps, long version) {
    return post("/runs/" + encoded(run) + "/injection", steps, version, ChangedPlan.class);
  }

  public String diff(String run, String step) {
    return text("/runs/" + encoded(run) + "/diff?step=" + encoded(step));
  }

  /** The report as {@code md} or {@code html}. */
  public String report(String run, String format) {
    return text("/runs/" + encoded(run) + "/report." + format);
  }

  /** The signed evidence of a run. */
  public String evidence(String run) {
    return text("/runs/" + encoded(run) + "/evidence");
  }

  /** The public key of the installation, as PEM. */
  public String key() {
    return text("/key");
  }

  /** Keeps a file on the server; returns its hash. */
  public String upload(Path file) throws IOException {
    return send(
        request("/artifacts")
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofFile(file))
            .build());
  }

  /**
   * The run's stream of events after that version; with {@code lines} of 0 or more, of what work
   * prints too.
   */
  public EventStream stream(String run, long after, long lines) {
    return open("/runs/" + encoded(run) + "/stream?after=" + after + "&lines=" + lines);
  }

  /**
   * What the server says to one message of the Model Context Protocol.
   *
   * @param project what is meant where a tool is told none; "" if nothing is
   * @param message as it came
   */
  public McpAnswer mcp(String project, String message) {
    HttpRequest request =
        authorised(url + "/mcp?project=" + encoded(project))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(message))
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      String type = response.headers().firstValue("Content-Type").orElse("");
      return type.startsWith("application/json") || response.statusCode() / 100 == 2
          ? new McpAnswer.Told(response.body())
          : new McpAnswer.Refused(
              String.valueOf(refusal(response.body(), response.statusCode()).getMessage()));
    } catch (IOException lost) {
      return new McpAnswer.Refused(String.valueOf(new ConnectionLost(lost).getMessage()));
    } catch (InterruptedException _) {
      throw interrupted();
    }
  }

  /** An answer over the Model Context Protocol. */
  public sealed interface McpAnswer {
    /** By the protocol; "" where there is none. */
    record Told(String message) implements McpAnswer {}

    /** It was not let in, and why. */
    record Refused(String why) implements McpAnswer {}
  }

  /** Tells the server that we use it, until the stream is closed. */
  public EventStream attach(boolean work) {
    return open("/presence?work=" + work);
  }

  private EventStream open(String path) {
    return new EventStream(body(request(path).header("Accept", "text/event-stream").GET().build()));
  }

  /** The body as it comes. */
  private InputStream body(HttpRequest request) {
    try {
      HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        throw refusal(
            new String(response.body().readAllBytes(), StandardCharsets.UTF_8),
            response.statusCode());
      }
      return response.body();
    } catch (IOException lost) {
      throw new ConnectionLost(lost);
    } catch (InterruptedException _) {
      throw interrupted();
    }
  }

  /** The items of all pages; the path has a parameter already. */
  private <T> Stream<T> all(String path, Class<T> type) {
    return Stream.iterate(
            Optional.of(page(path, type)),
            Optional::isPresent,
            page ->
                page.map(Page::next)
                    .filter(next -> !next.isEmpty())
                    .map(next -> page(path + "&after=" + encoded(next), type)))
        .flatMap(page -> page.orElseThrow().items().stream());
  }

  private <T> Page<T> page(String path, Class<T> type) {
    return Json.MAPPER.readValue(
        text(path), Json.MAPPER.getTypeFactory().constructParametricType(Page.class, type));
  }

  private <T> T get(String path, Class<T> type) {
    return Json.MAPPER.readValue(text(path), type);
  }

  private String text(String path) {
    return send(request(path).GET().build());
  }

  private <T> T post(String path, Object body, Class<T> type) {
    return post(path, body, 0, type);
  }

  private <T> T post(String path, Object body, long version, Class<T> type) {
    BodyPublisher json = BodyPublishers.ofString(Json.MAPPER.writeValueAsString(body));
    HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
    if (version > 0) {
      request.header("If-Match", "\"" + version + '"');
    }
    return Json.MAPPER.readValue(send(request.POST(json).build()), type);
  }

  private HttpRequest.Builder request(String path) {
    return authorised(url + "/api/v1" + path);
  }

  private HttpRequest.Builder authorised(String address) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
    if (!place.isEmpty()) {
      request.header("Capstan-As", place);
    }
    String bearer = token.get();
    return bearer.isEmpty() ? request : request.header("Authorization", "Bearer " + bearer);
  }

  private String send(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw refusal(response.body(), response.statusCode());
      }
      return response.body();
    } catch (IOException lost) {
      throw new ConnectionLost(lost);
    } catch (InterruptedException _) {
      throw interrupted();
    }
  }

  private static ApiFailure refusal(String body, int status) {
    try {
      Problem problem = Json.MAPPER.readValue(body, Problem.class);
      return new ApiFailure(problem.code(), problem.detail());
    } catch (JacksonException _) {
      return new ApiFailure(ErrorCode.INTERNAL, "the server answered with status " + status);
    }
  }

  private static ApiFailure interrupted() {
    Thread.currentThread().interrupt();
    return new ApiFailure(ErrorCode.INTERNAL, "interrupted");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
