package dev.capstan.server;

import dev.capstan.adapters.neo4j.Neo4jSettings;
import dev.capstan.adapters.vectors.VectorSettings;
import dev.capstan.control.dispatch.Allocation;
import dev.capstan.control.records.Retention;
import dev.capstan.models.catalog.InvalidModels;
import dev.capstan.models.catalog.ModelCatalog;
import dev.capstan.sandbox.AllowList;
import dev.capstan.sandbox.Limits;
import dev.capstan.server.auth.OidcSettings;
import dev.capstan.server.mcp.McpSettings;
import dev.capstan.server.s3.BucketSettings;
import dev.capstan.server.s3.BucketSettings.Encryption;
import dev.capstan.server.webhook.WebhookSecrets;
import dev.capstan.server.webhook.WebhookSecrets.Forge;
import dev.capstan.worker.NearestFirst;
import dev.capstan.worker.SetUpNetwork;
import dev.capstan.worker.tracing.TracingSettings;
import dev.capstan.workspace.git.Signing;
import dev.capstan.workspace.toolchain.Registries;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How an installation is run. */
public final class Settings {
  static final String SIGN = "CAPSTAN_SIGN";

  private final Path data;
  private final Optional<String> databaseUrl;
  private final Map<String, String> environment;
  private final Limits limits;
  private final SetUpNetwork setUpNetwork;
  private final NearestFirst nearestFirst;
  private final Signing signing;
  private final Allocation allocation;
  private final WebhookSecrets webhookSecrets;
  private final TracingSettings tracing;
  private final String log;
  private final Optional<OidcSettings> oidc;
  private final Optional<VectorSettings> vectors;
  private final Optional<Neo4jSettings> graph;

  private Settings(Path data, Optional<String> databaseUrl, Map<String, String> environment) {
    this.data = data;
    this.databaseUrl = databaseUrl;
    this.environment = Map.copyOf(environment);
    this.limits = limits(environment);
    this.setUpNetwork = setUpNetwork(environment);
    this.nearestFirst = nearestFirst(environment);
    this.signing = signing(environment);
    this.allocation = allocation(environment);
    this.tracing = tracing(environment);
    this.log = log(environment);
    this.oidc = oidc(environment);
    this.vectors = vectors(environment);
    this.graph = graph(environment);
    this.webhookSecrets =
        new WebhookSecrets(
            webhookSecrets(environment),
            WebhookSecrets.parse(checked(environment, Key.WEBHOOK_SECRETS, "")).orElseThrow());
  }

  /**
   * The settings for what was given on the command line.
   *
   * @param data empty for {@code $CAPSTAN_HOME}, else {@code ~/.capstan}
   * @param databaseUrl empty for {@code $CAPSTAN_DATABASE_URL}, else the embedded database
   */
  public static Settings of(
      Optional<Path> data, Optional<String> databaseUrl, Map<String, String> environment) {
    Path folder =
        data.or(() ->
                Optional.ofNullable(environment.get("CAPSTAN_HOME"))
                    .filter(home -> !home.isBlank())
                    .map(Path::of))
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".capstan"));
    Optional<String> url =
        databaseUrl.or(() ->
            Optional.ofNullable(environment.get("CAPSTAN_DATABASE_URL"))
                .filter(given -> !given.isBlank()));
    return new Settings(folder.toAbsolutePath().normalize(), url, environment);
  }

  /** The data folder. */
  public Path data() {
    return data;
  }

  /**
   * What all servers of an installation use: {@code $CAPSTAN_SHARED}, else the data folder of the
   * only one.
   */
  public Path shared() {
    String given = Key.SHARED.in(environment, "");
    return given.isEmpty() ? data : Path.of(given).toAbsolutePath().normalize();
  }

  /**
   * How often a registered project is fetched and looked at: {@code
   * $CAPSTAN_PROJECTS_EVERY_MINUTES}; zero for never.
   */
  Duration projectsEvery() {
    return Duration.ofMinutes(number(Key.PROJECTS_MINUTES, 0));
  }

  /**
   * How long what is over is kept: {@code $CAPSTAN_ACTIVITY_DAYS}, {@code $CAPSTAN_INBOX_DAYS},
   * {@code $CAPSTAN_MEMORY_DAYS}.
   */
  Retention.Ages ages() {
    return new Retention.Ages(
        Duration.ofDays(number(Key.ACTIVITY_DAYS, 90)),
        Duration.ofDays(number(Key.INBOX_DAYS, 30)),
        Duration.ofDays(number(Key.MEMORY_DAYS, 0)));
  }

  /**
   * Where the audit is copied to: {@code $CAPSTAN_AUDIT_EXPORT_TO} and what belongs to it; empty
   * for nowhere.
   */
  Optional<BucketSettings> auditExport() {
    return Optional.of(checked(environment, Key.AUDIT_EXPORT_TO, ""))
        .filter(address -> !address.isEmpty())
        .map(address ->
            BucketSettings.of(
                address,
                Optional.of(checked(environment, Key.AUDIT_EXPORT_ENDPOINT, ""))
                    .filter(endpoint -> !endpoint.isEmpty())
                    .map(URI::create),
                checked(
                    environment,
                    Key.AUDIT_EXPORT_REGION,
                    environment.getOrDefault("AWS_REGION", "us-east-1")),
                auditEncryption(),
                number(Key.AUDIT_EXPORT_RETENTION, 0)));
  }

  private Encryption auditEncryption() {
    return switch (checked(environment, Key.AUDIT_EXPORT_ENCRYPTION, "AES256")) {
      case "none" -> new Encryption.OfBucket();
      case "aws:kms" -> new Encryption.Managed(checked(environment, Key.AUDIT_EXPORT_KMS_KEY, ""));
      default -> new Encryption.OfStorage();
    };
  }

  /** How often: {@code $CAPSTAN_AUDIT_EXPORT_EVERY_MINUTES}. */
  Duration auditExportEvery() {
    return Duration.ofMinutes(number(Key.AUDIT_EXPORT_MINUTES, 60));
  }

  private int number(Key key, int otherwise) {
    String given = key.in(environment, "");
    key.fault(given)
        .filter(_ -> !given.isEmpty())
        .ifPresent(fault -> {
          throw new InvalidSetting(key.variable() + ' ' + fault);
        });
    return given.isEmpty() ? otherwise : Integer.parseInt(given);
  }

  /** The external database; empty for the embedded one. */
  Optional<String> databaseUrl() {
    return databaseUrl;
  }

  /**
   * What a command in the sandbox may use: {@code $CAPSTAN_MEMORY_LIMIT_MB} and {@code
   * $CAPSTAN_DISK_LIMIT_MB}, each in MiB, or the defaults.
   */
  public Limits limits() {
    return limits;
  }

  /**
   * What a base commit's set-up reaches: the registries of its tools, the mirrors that the user's
   * own settings name, and {@code $CAPSTAN_ALLOW}; everything where {@code $CAPSTAN_NETWORK} is
   * {@code direct}.
   */
  public SetUpNetwork setUpNetwork() {
    return setUpNetwork;
  }

  /** When tests near to a change are run before all: {@code $CAPSTAN_NEAREST_FIRST}. */
  public NearestFirst nearestFirst() {
    return nearestFirst;
  }

  /**
   * The models that agents may use: the file that {@code $CAPSTAN_MODELS} names, else {@code
   * models.yaml} of the data folder, else none.
   */
  ModelCatalog models() {
    String given = Key.MODELS.in(environment, "");
    Path file = given.isEmpty() ? data.resolve("models.yaml") : Path.of(given);
    if (given.isEmpty() && !Files.exists(file)) {
      return ModelCatalog.EMPTY;
    }
    try {
      return ModelCatalog.parse(file.toString(), Files.readString(file), environment);
    } catch (IOException unreadable) {
      throw new InvalidSetting("the models of " + file + " cannot be read: " + unreadable);
    } catch (InvalidModels wrong) {
      throw new InvalidSetting(String.valueOf(wrong.getMessage()));
    }
  }

  /** Who signs commits: {@code $CAPSTAN_SIGN}, or nobody. */
  Signing signing() {
    return signing;
  }

  /**
   * How much of a project's code an agent is given to begin with: {@code $CAPSTAN_CONTEXT_TOKENS}.
   */
  int contextTokens() {
    return number(Key.CONTEXT_TOKENS, 2_000);
  }

  /**
   * Where vectors are kept outside: {@code $CAPSTAN_VECTORS_STORE} and what belongs to it; empty
   * for the data folder.
   */
  Optional<VectorSettings> vectors() {
    return vectors;
  }

  private static Optional<VectorSettings> vectors(Map<String, String> environment) {
    String store = checked(environment, Key.VECTORS_STORE, "embedded");
    if (store.equals("embedded")) {
      return Optional.empty();
    }
    VectorSettings settings =
        new VectorSettings(
            VectorSettings.Kind.valueOf(store.toUpperCase(Locale.ROOT)),
            checked(environment, Key.VECTORS_URL, ""),
            checked(environment, Key.VECTORS_TOKEN, ""),
            checked(environment, Key.VECTORS_PREFIX, "capstan"));
    settings
        .fault()
        .ifPresent(fault -> {
          throw new InvalidSetting(
              "%s (%s): %s".formatted(Key.VECTORS_URL.variable(), Key.VECTORS_URL.path(), fault));
        });
    return Optional.of(settings);
  }

  /**
   * Where graphs are kept beyond this process: {@code $CAPSTAN_GRAPH_STORE} and what belongs to it.
   */
  Optional<Neo4jSettings> graph() {
    return graph;
  }

  private static Optional<Neo4jSettings> graph(Map<String, String> environment) {
    if (checked(environment, Key.GRAPH_STORE, "embedded").equals("embedded")) {
      return Optional.empty();
    }
    String url = checked(environment, Key.GRAPH_URL, "");
    if (url.isEmpty()) {
      throw new InvalidSetting(
          "CAPSTAN_GRAPH_URL (graph.url): neo4j is reached by bolt://HOST:PORT");
    }
    return Optional.of(
        new Neo4jSettings(
            url,
            checked(environment, Key.GRAPH_USER, "neo4j"),
            checked(environment, Key.GRAPH_PASSWORD, "")));
  }

  /** Which worker gets a task: {@code $CAPSTAN_WORKERS_ALLOCATION}. */
  Allocation allocation() {
    return allocation;
  }

  /**
   * Whether the worker of the server's own process measures, executes and verifies too: {@code
   * $CAPSTAN_WORKERS_BUILT_IN}, {@code true} unless it is {@code false}.
   */
  boolean worksItself() {
    return !environment.getOrDefault("CAPSTAN_WORKERS_BUILT_IN", "").strip().equals("false");
  }

  private static Allocation allocation(Map<String, String> environment) {
    String given = environment.getOrDefault("CAPSTAN_WORKERS_ALLOCATION", "").strip();
    return given.isEmpty()
        ? Allocation.LEAST_LOADED
        : Arrays.stream(Allocation.values())
            .filter(each -> each.name().equals(given.toUpperCase(Locale.ROOT).replace('-', '_')))
            .findFirst()
            .orElseThrow(() ->
                new InvalidSetting(
                    "CAPSTAN_WORKERS_ALLOCATION is least-loaded, round-robin, learnt or"
                        + " work-stealing, but was \""
                        + given
                        + '"'));
  }

  /**
   * What webhooks are signed with: {@code $CAPSTAN_WEBHOOK_SECRET_GITHUB}, {@code
   * $CAPSTAN_WEBHOOK_SECRET_GITLAB} and {@code $CAPSTAN_WEBHOOK_SECRETS}.
   */
  WebhookSecrets webhookSecrets() {
    return webhookSecrets;
  }

  /** Whether spans are recorded: {@code $OTEL_EXPORTER_OTLP_ENDPOINT}. */
  TracingSettings tracing() {
    return tracing;
  }

  private static TracingSettings tracing(Map<String, String> environment) {
    try {
      return TracingSettings.of(environment);
    } catch (IllegalArgumentException bad) {
      throw new InvalidSetting(String.valueOf(bad.getMessage()));
    }
  }

  /**
   * How the log is written: {@code $CAPSTAN_LOG}, {@code text} or {@code ecs}. To be told to the
   * logger before it writes the first line.
   */
  public String log() {
    return log;
  }

  private static String log(Map<String, String> environment) {
    String given = Key.LOG.in(environment, "text");
    Key.LOG
        .fault(given)
        .ifPresent(fault -> {
          throw new InvalidSetting(Key.LOG.variable() + ' ' + fault);
        });
    return given;
  }

  /** What other programs' agents may ask: {@code $CAPSTAN_MCP_HOSTS}, {@code $CAPSTAN_MCP_RUNS}. */
  public McpSettings mcp() {
    String hosts = checked(environment, Key.MCP_HOSTS, "");
    return new McpSettings(
        hosts.isEmpty()
            ? Set.of()
            : Set.copyOf(List.of(hosts.toLowerCase(Locale.ROOT).split(", *"))),
        checked(environment, Key.MCP_RUNS, "false").equals("true"));
  }

  /** Who says who people are: {@code $CAPSTAN_OIDC_ISSUER} and what belongs to it. */
  Optional<OidcSettings> oidc() {
    return oidc;
  }

  private static Optional<OidcSettings> oidc(Map<String, String> environment) {
    String issuer = checked(environment, Key.OIDC_ISSUER, "");
    if (issuer.isEmpty()) {
      return Optional.empty();
    }
    String grants = checked(environment, Key.OIDC_GRANTS, "");
    return Optional.of(
        new OidcSettings(
            issuer,
            checked(environment, Key.OIDC_CLIENT_ID, "capstan"),
            checked(environment, Key.OIDC_SCOPES, "openid profile offline_access"),
            checked(environment, Key.OIDC_NAME_CLAIM, "preferred_username"),
            checked(environment, Key.OIDC_GROUPS_CLAIM, "groups"),
            grants.isEmpty() ? List.of() : List.of(grants.split(",", -1))));
  }

  private static String checked(Map<String, String> environment, Key key, String otherwise) {
    String given = key.in(environment, otherwise);
    Optional<String> fault = given.isEmpty() ? Optional.empty() : key.fault(given);
    if (fault.isPresent()) {
      throw new InvalidSetting(key.variable() + ' ' + fault.get());
    }
    return given;
  }

  private static Map<Forge, String> webhookSecrets(Map<String, String> environment) {
    Map<Forge, String> secrets = new EnumMap<>(Forge.class);
    secret(environment, Key.WEBHOOK_SECRET_GITHUB).ifPresent(one -> secrets.put(Forge.GITHUB, one));
    secret(environment, Key.WEBHOOK_SECRET_GITLAB).ifPresent(one -> secrets.put(Forge.GITLAB, one));
    return secrets;
  }

  private static Optional<String> secret(Map<String, String> environment, Key key) {
    String given = checked(environment, key, "");
    return Optional.of(given).filter(secret -> !secret.isEmpty());
  }

  private static Signing signing(Map<String, String> environment) {
    try {
      return Signing.parse(environment.getOrDefault(SIGN, ""), environment);
    } catch (IllegalArgumentException bad) {
      throw new InvalidSetting(SIGN + ": " + bad.getMessage());
    }
  }

  private static NearestFirst nearestFirst(Map<String, String> environment) {
    String given = environment.getOrDefault("CAPSTAN_NEAREST_FIRST", "").strip();
    return switch (given) {
      case "", "when-it-pays" -> NearestFirst.WHEN_IT_PAYS;
      case "always" -> NearestFirst.ALWAYS;
      case "never" -> NearestFirst.NEVER;
      default ->
          throw new InvalidSetting(
              "CAPSTAN_NEAREST_FIRST is when-it-pays, always or never, but was \"" + given + '"');
    };
  }

  private static SetUpNetwork setUpNetwork(Map<String, String> environment) {
    String kind = environment.getOrDefault("CAPSTAN_NETWORK", "").strip();
    return switch (kind) {
      case "direct" -> new SetUpNetwork.Direct();
      case "", "filtered" ->
          new SetUpNetwork.Filtered(
              AllowList.named(Registries.settings(environment)).and(allowed(environment)));
      default ->
          throw new InvalidSetting(
              "CAPSTAN_NETWORK is filtered or direct, but was \"" + kind + '"');
    };
  }

  private static AllowList allowed(Map<String, String> environment) {
    try {
      return AllowList.parse(environment.getOrDefault("CAPSTAN_ALLOW", ""));
    } catch (IllegalArgumentException bad) {
      throw new InvalidSetting("CAPSTAN_ALLOW: " + bad.getMessage());
    }
  }

  private static Limits limits(Map<String, String> environment) {
    Limits standard = Limits.DEFAULT;
    return standard
        .withMemoryBytes(bytes(environment, "CAPSTAN_MEMORY_LIMIT_MB", standard.memoryBytes()))
        .withDiskBytes(bytes(environment, "CAPSTAN_DISK_LIMIT_MB", standard.diskBytes()));
  }

  private static long bytes(Map<String, String> environment, String name, long otherwise) {
    String given = environment.getOrDefault(name, "").strip();
    if (given.isEmpty()) {
      return otherwise;
    }
    if (!given.matches("[1-9][0-9]{0,8}")) {
      throw new InvalidSetting(
          name + " is a number of MiB, such as 4096, but was \"" + given + '"');
    }
    return Long.parseLong(given) << 20;
  }

  /** The variables that it was made from. */
  public Map<String, String> environment() {
    return environment;
  }
}
