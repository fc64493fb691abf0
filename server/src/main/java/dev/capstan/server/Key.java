package dev.capstan.server;

import dev.capstan.adapters.neo4j.Neo4jSettings;
import dev.capstan.adapters.vectors.VectorSettings;
import dev.capstan.sandbox.AllowList;
import dev.capstan.server.auth.OidcSettings;
import dev.capstan.server.s3.BucketSettings;
import dev.capstan.server.webhook.WebhookSecrets;
import dev.capstan.worker.tracing.TracingSettings;
import dev.capstan.workspace.git.Signing;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What can be set, with its place in {@code capstan.yaml} and its variable. */
enum Key {
  DATA("data", "CAPSTAN_HOME"),
  SHARED("shared", "CAPSTAN_SHARED"),
  DATABASE_URL("database.url", "CAPSTAN_DATABASE_URL"),
  LISTEN("listen", "CAPSTAN_LISTEN"),
  TLS_CERTIFICATE("tls.certificate", "CAPSTAN_TLS_CERTIFICATE"),
  TLS_KEY("tls.key", "CAPSTAN_TLS_KEY"),
  WORKERS_LISTEN("workers.listen", "CAPSTAN_WORKERS_LISTEN"),
  WORKERS_CERTIFICATES("workers.certificates", "CAPSTAN_WORKERS_CERTIFICATES"),
  WORKERS_ALLOCATION("workers.allocation", "CAPSTAN_WORKERS_ALLOCATION"),
  WORKERS_BUILT_IN("workers.builtIn", "CAPSTAN_WORKERS_BUILT_IN"),
  WORKERS_SESSIONS("workers.sessions", "CAPSTAN_WORKERS_SESSIONS"),
  WORKERS_SESSIONS_PER_TOKEN("workers.sessionsPerToken", "CAPSTAN_WORKERS_SESSIONS_PER_TOKEN"),
  WORKERS_TASKS_PER_SESSION("workers.tasksPerSession", "CAPSTAN_WORKERS_TASKS_PER_SESSION"),
  WORKERS_MESSAGE_KB("workers.messageKb", "CAPSTAN_WORKERS_MESSAGE_LIMIT_KB"),
  ALLOW_PLAINTEXT("allowPlaintext", "CAPSTAN_ALLOW_PLAINTEXT"),
  DRAIN_SECONDS("drainSeconds", "CAPSTAN_DRAIN_SECONDS"),
  BODY_KB("limits.bodyKb", "CAPSTAN_BODY_LIMIT_KB"),
  UPLOAD_MB("limits.uploadMb", "CAPSTAN_UPLOAD_LIMIT_MB"),
  HEADER_KB("limits.headerKb", "CAPSTAN_HEADER_LIMIT_KB"),
  REQUESTS_PER_MINUTE("limits.requestsPerMinute", "CAPSTAN_REQUESTS_PER_MINUTE"),
  FAILED_SIGN_INS_PER_MINUTE("limits.failedSignInsPerMinute", "CAPSTAN_FAILED_SIGN_INS_PER_MINUTE"),
  MEMORY_MB("sandbox.memoryMb", "CAPSTAN_MEMORY_LIMIT_MB"),
  DISK_MB("sandbox.diskMb", "CAPSTAN_DISK_LIMIT_MB"),
  ALLOW("sandbox.allow", "CAPSTAN_ALLOW"),
  NETWORK("sandbox.network", "CAPSTAN_NETWORK"),
  CGROUP("sandbox.cgroup", "CAPSTAN_CGROUP"),
  LOG("log", "CAPSTAN_LOG"),
  TRACING_ENDPOINT("tracing.endpoint", TracingSettings.ENDPOINT),
  TRACING_SHARE("tracing.share", TracingSettings.SHARE),
  MODELS("models", "CAPSTAN_MODELS"),
  VECTORS_STORE("vectors.store", "CAPSTAN_VECTORS_STORE"),
  VECTORS_URL("vectors.url", "CAPSTAN_VECTORS_URL"),
  VECTORS_TOKEN("vectors.token", "CAPSTAN_VECTORS_TOKEN"),
  VECTORS_PREFIX("vectors.prefix", "CAPSTAN_VECTORS_PREFIX"),
  GRAPH_STORE("graph.store", "CAPSTAN_GRAPH_STORE"),
  GRAPH_URL("graph.url", "CAPSTAN_GRAPH_URL"),
  GRAPH_USER("graph.user", "CAPSTAN_GRAPH_USER"),
  GRAPH_PASSWORD("graph.password", "CAPSTAN_GRAPH_PASSWORD"),
  CONTEXT_TOKENS("context.tokens", "CAPSTAN_CONTEXT_TOKENS"),
  NEAREST_FIRST("nearestFirst", "CAPSTAN_NEAREST_FIRST"),
  SIGN("sign", "CAPSTAN_SIGN"),
  MCP_HOSTS("mcp.hosts", "CAPSTAN_MCP_HOSTS"),
  MCP_RUNS("mcp.runs", "CAPSTAN_MCP_RUNS"),
  OIDC_ISSUER("oidc.issuer", "CAPSTAN_OIDC_ISSUER"),
  OIDC_CLIENT_ID("oidc.clientId", "CAPSTAN_OIDC_CLIENT_ID"),
  OIDC_SCOPES("oidc.scopes", "CAPSTAN_OIDC_SCOPES"),
  OIDC_NAME_CLAIM("oidc.nameClaim", "CAPSTAN_OIDC_NAME_CLAIM"),
  OIDC_GROUPS_CLAIM("oidc.groupsClaim", "CAPSTAN_OIDC_GROUPS_CLAIM"),
  OIDC_GRANTS("oidc.grants", "CAPSTAN_OIDC_GRANTS"),
  PROJECTS_MINUTES("projects.everyMinutes", "CAPSTAN_PROJECTS_EVERY_MINUTES"),
  ACTIVITY_DAYS("retention.activityDays", "CAPSTAN_ACTIVITY_DAYS"),
  INBOX_DAYS("retention.inboxDays", "CAPSTAN_INBOX_DAYS"),
  MEMORY_DAYS("retention.memoryDays", "CAPSTAN_MEMORY_DAYS"),
  AUDIT_EXPORT_TO("auditExport.to", "CAPSTAN_AUDIT_EXPORT_TO"),
  AUDIT_EXPORT_ENDPOINT("auditExport.endpoint", "CAPSTAN_AUDIT_EXPORT_ENDPOINT"),
  AUDIT_EXPORT_REGION("auditExport.region", "CAPSTAN_AUDIT_EXPORT_REGION"),
  AUDIT_EXPORT_MINUTES("auditExport.everyMinutes", "CAPSTAN_AUDIT_EXPORT_EVERY_MINUTES"),
  AUDIT_EXPORT_ENCRYPTION("auditExport.encryption", "CAPSTAN_AUDIT_EXPORT_ENCRYPTION"),
  AUDIT_EXPORT_KMS_KEY("auditExport.kmsKey", "CAPSTAN_AUDIT_EXPORT_KMS_KEY"),
  AUDIT_EXPORT_RETENTION("auditExport.retentionDays", "CAPSTAN_AUDIT_EXPORT_RETENTION_DAYS"),
  WEBHOOK_SECRET_GITHUB("webhooks.githubSecret", "CAPSTAN_WEBHOOK_SECRET_GITHUB"),
  WEBHOOK_SECRET_GITLAB("webhooks.gitlabSecret", "CAPSTAN_WEBHOOK_SECRET_GITLAB"),
  WEBHOOK_SECRETS("webhooks.organisations", "CAPSTAN_WEBHOOK_SECRETS");

  private static final String LONG_ENOUGH = "must be a secret of at least 16 characters";

  private final String path;
  private final String variable;

  Key(String path, String variable) {
    this.path = path;
    this.variable = variable;
  }

  /** For example {@code tls.key}. */
  String path() {
    return path;
  }

  String variable() {
    return variable;
  }

  /** What is wrong with the value and what is allowed; empty if it is well. */
  Optional<String> fault(String value) {
    return allowedInstead(value)
        .map(allowed -> isSecret() ? allowed : allowed + ", but was \"" + value + '"');
  }

  /** True if a file may give it as a list. */
  boolean isList() {
    return this == ALLOW || this == MCP_HOSTS || this == OIDC_GRANTS || this == WEBHOOK_SECRETS;
  }

  private boolean isSecret() {
    return this == WEBHOOK_SECRET_GITHUB
        || this == WEBHOOK_SECRET_GITLAB
        || this == WEBHOOK_SECRETS
        || this == VECTORS_TOKEN
        || this == VECTORS_URL
        || this == GRAPH_PASSWORD;
  }

  private Optional<String> allowedInstead(String value) {
    return switch (this) {
      case DATABASE_URL, CGROUP -> Optional.empty();
      case DATA, SHARED -> path(value);
      case LISTEN, WORKERS_LISTEN -> address(value);
      case TLS_CERTIFICATE, TLS_KEY, WORKERS_CERTIFICATES -> file(value);
      case MODELS ->
          path(value)
              .or(() ->
                  unless(Files.isReadable(Path.of(value)), "must be a file that can be read"));
      case WORKERS_ALLOCATION ->
          oneOf(value, "least-loaded", "round-robin", "learnt", "work-stealing");
      case ALLOW_PLAINTEXT, WORKERS_BUILT_IN, MCP_RUNS -> oneOf(value, "true", "false");
      case WORKERS_SESSIONS, WORKERS_SESSIONS_PER_TOKEN -> number(value, 1, 100_000, "sessions");
      case WORKERS_TASKS_PER_SESSION -> number(value, 1, 100_000, "tasks");
      case WORKERS_MESSAGE_KB -> number(value, 1, 65_536, "KiB");
      case DRAIN_SECONDS -> number(value, 0, 3_600, "seconds");
      case BODY_KB -> number(value, 1, 1_000_000, "KiB");
      case UPLOAD_MB -> number(value, 1, 100_000, "MiB");
      case HEADER_KB -> number(value, 1, 1_024, "KiB");
      case REQUESTS_PER_MINUTE, FAILED_SIGN_INS_PER_MINUTE ->
          number(value, 1, 10_000_000, "requests");
      case MEMORY_MB, DISK_MB -> number(value, 1, 999_999_999, "MiB");
      case VECTORS_STORE -> oneOf(value, "embedded", "chroma", "qdrant", "pgvector");
      case VECTORS_URL ->
          unless(
              VectorSettings.isUrl(value),
              "must be http://HOST:PORT, or postgresql://USER@HOST/DATABASE for pgvector");
      case VECTORS_TOKEN -> unless(value.matches("[\\x21-\\x7e]+"), "must be one word in ASCII");
      case VECTORS_PREFIX ->
          unless(
              VectorSettings.isPrefix(value),
              "must be at most 31 of a-z, 0-9 and _, and begin with a letter");
      case GRAPH_STORE -> oneOf(value, "embedded", "neo4j");
      case GRAPH_URL ->
          unless(Neo4jSettings.isUrl(value), "must be a URL such as bolt://127.0.0.1:7687");
      case GRAPH_USER, GRAPH_PASSWORD ->
          unless(value.matches("[\\x21-\\x7e]+"), "must be one word in ASCII");
      case CONTEXT_TOKENS -> number(value, 0, 20_000, "tokens");
      case PROJECTS_MINUTES -> number(value, 0, 100_000, "minutes");
      case ACTIVITY_DAYS, INBOX_DAYS, MEMORY_DAYS -> number(value, 0, 100_000, "days");
      case AUDIT_EXPORT_MINUTES -> number(value, 1, 100_000, "minutes");
      case AUDIT_EXPORT_TO ->
          unless(BucketSettings.isAddress(value), "must be s3://BUCKET or s3://BUCKET/PREFIX");
      case AUDIT_EXPORT_ENDPOINT ->
          unless(BucketSettings.isEndpoint(value), "must be https://HOST or http://HOST:PORT");
      case AUDIT_EXPORT_REGION ->
          unless(value.matches("[a-z0-9-]{1,50}"), "must be a region such as eu-central-1");
      case AUDIT_EXPORT_ENCRYPTION -> oneOf(value, "AES256", "aws:kms", "none");
      case AUDIT_EXPORT_KMS_KEY ->
          unless(value.matches("[\\w:/+=,.@-]{1,2000}"), "must be the id or ARN of a key");
      case AUDIT_EXPORT_RETENTION -> number(value, 0, 36_500, "days");
      case ALLOW -> hosts(value);
      case LOG -> oneOf(value, "text", "ecs");
      case TRACING_ENDPOINT ->
          unless(TracingSettings.isAddress(value), "must be http://HOST:PORT or https://HOST:PORT");
      case TRACING_SHARE ->
          unless(TracingSettings.isShare(value), "must be a share from 0 to 1, such as 0.01");
      case NETWORK -> oneOf(value, "filtered", "direct");
      case NEAREST_FIRST -> oneOf(value, "when-it-pays", "always", "never");
      case SIGN -> signer(value);
      case MCP_HOSTS ->
          unless(
              value.matches("[\\w.:\\[\\]-]+(, *[\\w.:\\[\\]-]+)*"),
              "must be names of hosts without ports, such as capstan.example.org");
      case OIDC_ISSUER ->
          unless(OidcSettings.isIssuer(value), "must be a URL such as https://login.example.org");
      case OIDC_CLIENT_ID, OIDC_NAME_CLAIM, OIDC_GROUPS_CLAIM ->
          unless(value.matches("[\\x21-\\x7e]{1,200}"), "must be a word");
      case OIDC_SCOPES ->
          unless(
              value.matches("openid( [\\x21-\\x7e]+)*"),
              "must be words, of which openid is the first");
      case OIDC_GRANTS -> grants(value);
      case WEBHOOK_SECRET_GITHUB -> unless(value.length() >= 16, LONG_ENOUGH);
      case WEBHOOK_SECRET_GITLAB -> gitLabSecret(value);
      case WEBHOOK_SECRETS -> webhookSecrets(value);
    };
  }

  /** As given, or that. */
  String in(Map<String, String> values, String otherwise) {
    String given = values.getOrDefault(variable, "").strip();
    return given.isEmpty() ? otherwise : given;
  }

  int in(Map<String, String> values, int otherwise) {
    return Integer.parseInt(in(values, String.valueOf(otherwise)));
  }

  static Optional<Key> at(String path) {
    return Arrays.stream(values()).filter(key -> key.path.equals(path)).findFirst();
  }

  private static boolean isBase64(String text) {
    try {
      return Base64.getDecoder().decode(text).length >= 16;
    } catch (IllegalArgumentException wrong) {
      return false;
    }
  }

  private static Optional<String> unless(boolean well, String allowed) {
    return well ? Optional.empty() : Optional.of(allowed);
  }

  private static Optional<String> oneOf(String value, String... words) {
    return unless(List.of(words).contains(value), "must be one of " + String.join(", ", words));
  }

  private static Optional<String> number(String value, int least, int most, String of) {
    boolean fits =
        value.matches("[0-9]{1,9}")
            && Integer.parseInt(value) >= least
            && Integer.parseInt(value) <= most;
    return unless(fits, "must be a whole number of " + of + " from " + least + " to " + most);
  }

  private static Optional<String> path(String value) {
    try {
      return unless(!Path.of(value).toString().isEmpty(), "must be a path");
    } catch (InvalidPathException wrong) {
      return Optional.of("must be a path");
    }
  }

  private static Optional<String> file(String value) {
    return path(value)
        .or(() -> unless(Files.isReadable(Path.of(value)), "must be a PEM file that can be read"));
  }

  private static Optional<String> address(String value) {
    return unless(
        Listening.parse(value, Optional.empty()).isPresent(),
        "must be HOST:PORT, such as 127.0.0.1:8080 or [::]:8443");
  }

  private static Optional<String> hosts(String value) {
    try {
      return unless(!AllowList.parse(value).entries().isEmpty(), "must be hosts");
    } catch (IllegalArgumentException wrong) {
      return Optional.of("must be hosts: " + wrong.getMessage());
    }
  }

  private static Optional<String> gitLabSecret(String value) {
    return unless(
        value.startsWith("whsec_") ? isBase64(value.substring(6)) : value.length() >= 16,
        LONG_ENOUGH + ", or a signing token: whsec_ and Base64");
  }

  private static Optional<String> webhookSecrets(String value) {
    Optional<Map<String, String>> secrets = WebhookSecrets.parse(value);
    if (secrets.isEmpty()) {
      return Optional.of("must be ORGANISATION/github=SECRET or ORGANISATION/gitlab=SECRET");
    }
    return secrets.get().entrySet().stream()
        .flatMap(one ->
            (one.getKey().endsWith("/gitlab") ? WEBHOOK_SECRET_GITLAB : WEBHOOK_SECRET_GITHUB)
                .fault(one.getValue()).map(fault -> one.getKey() + ' ' + fault).stream())
        .findFirst();
  }

  private static Optional<String> grants(String value) {
    List<String> mistakes = OidcSettings.mistakes(List.of(value.split(",", -1)));
    return unless(mistakes.isEmpty(), "must be grants: " + String.join("; ", mistakes));
  }

  private static Optional<String> signer(String value) {
    try {
      return unless(!Signing.parse(value, System.getenv()).inWords().isEmpty(), "must sign");
    } catch (IllegalArgumentException wrong) {
      return Optional.of("cannot be used: " + wrong.getMessage());
    }
  }
}
