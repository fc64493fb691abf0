package dev.capstan.server.metrics;

/**
 * What Capstan itself measures. The JVM, the process and the disk are measured besides.
 *
 * <p>No label holds a run, a step, a person or a text from outside: a label has few values.
 */
public enum Metric {
  FAILED_SIGN_INS("capstan.sign.ins.failed", "Requests and calls that bore no good token"),
  HTTP_REQUESTS("http.server.requests", "Requests answered, by the pattern of their address"),
  COMMANDS("capstan.commands", "Commands of which a batch was made durable, or was not"),
  COMMAND_BATCH("capstan.command.batch", "How long a batch of commands took to be durable"),
  COMMAND_BATCH_SIZE("capstan.command.batch.size", "Commands in a batch"),
  RUN_EVENTS("capstan.run.events", "What became of runs"),
  STEP_EVENTS("capstan.step.events", "What became of steps"),
  ATTEMPTS("capstan.attempts", "Attempts at steps by how they ended"),
  RETRIES("capstan.retries", "Failures that are answered with another try"),
  VERIFICATIONS("capstan.verifications", "Gates by verdict: pass, held for a person, fail"),
  CHECKS("capstan.checks", "Checks of gates by verdict"),
  CONFIDENCE("capstan.confidence", "Confidence of what opened its gate, from 0 to 1"),
  TIME_TO_RECOVER("capstan.time.to.recover", "From a step's first failure until it is completed"),
  PLANNING("planning.latency", "How long planning a goal took"),
  DISPATCH("capstan.dispatch.latency", "From a task's being ready until a worker is given it"),
  TASKS_DONE("capstan.task", "How long a task took, from being handed out to its answered report"),
  LEASES_LOST("capstan.leases.lost", "Leases that were not prolonged while a worker had them"),
  TASKS("capstan.tasks", "Tasks in the queue by state and kind"),
  OLDEST_READY("capstan.tasks.oldest.ready", "How long the task that is ready longest has waited"),
  RUNS("capstan.runs", "Runs by state"),
  WISHES("capstan.wishes", "Runs that were asked for and not created yet"),
  INBOX("capstan.inbox", "Messages of CI and forges that are not settled"),
  OUTBOX("capstan.outbox", "Effects outside that were intended and not confirmed"),
  DATABASE_UP("capstan.database.up", "1 if the database answered at this scrape, else 0"),
  DATABASE_CONNECTIONS("capstan.database.connections", "Connections of the pool by state"),
  WORKERS("capstan.workers", "Workers that are connected to this server"),
  WORKER_CAPACITY("capstan.workers.capacity", "Tasks that they do side by side"),
  WORKER_TASKS("capstan.workers.tasks", "Tasks that they have"),
  WORKERS_REFUSED(
      "capstan.workers.refused", "Sessions and calls of workers that were refused, by reason"),
  SANDBOXES("capstan.sandboxes", "Programs in a sandbox of this process"),
  LIVE_CLIENTS("capstan.live.clients", "Clients that follow the log"),
  LLM_COST("llm.cost.usd", "What calls of language models cost, as far as it is known"),
  LLM_TOKENS("llm.tokens", "Tokens that providers said calls took, by kind"),
  LLM_CALLS("llm.calls", "Calls by how they ended and where the answer came from"),
  LLM_UNPRICED("llm.unpriced", "Calls that were sent and whose cost nobody knows"),
  LLM_SAVED("llm.saved.tokens", "Tokens that answers took which were known already"),
  LLM_RETRIES("llm.retries", "Tries of calls beyond the first"),
  LLM_FIRST_TOKEN("llm.first.token", "Until the first piece of an answer came"),
  LLM_LATENCY("llm.latency", "How long a call took in all"),
  LLM_BUDGET("llm.budget.used", "Share of this month's budget that is spent or reserved");

  private final String id;
  private final String description;

  Metric(String id, String description) {
    this.id = id;
    this.description = description;
  }

  /** As Micrometer names it. */
  public String id() {
    return id;
  }

  /** What its names begin with as Prometheus sees them; units and {@code _total} follow. */
  public String exposed() {
    return id.replace('.', '_');
  }

  String description() {
    return description;
  }
}
