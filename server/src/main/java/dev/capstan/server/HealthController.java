package dev.capstan.server;

import dev.capstan.server.auth.Open;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Whether the process lives, and whether it should be sent requests; for probes, without a token.
 */
@RestController
final class HealthController {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Drain drain;
  private final Runnable database;

  /** {@code database} asks it something, and throws if it does not answer. */
  HealthController(Drain drain, Runnable database) {
    this.drain = drain;
    this.database = database;
  }

  /** Says that the process lives. */
  @Open
  @GetMapping(path = "/healthz", produces = MediaType.TEXT_PLAIN_VALUE)
  String alive() {
    return "alive\n";
  }

  /** Says whether requests should be sent here: not while it drains, nor without its database. */
  @Open
  @GetMapping(path = "/readyz", produces = MediaType.TEXT_PLAIN_VALUE)
  ResponseEntity<String> ready() throws InterruptedException {
    if (drain.hasBegun()) {
      return not("draining: this server is about to end");
    }
    return databaseAnswers() ? ResponseEntity.ok("ready\n") : not("the database does not answer");
  }

  private static ResponseEntity<String> not(String why) {
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body(why + '\n');
  }

  /** The pool itself would try for a minute, and a probe waits seconds. */
  private boolean databaseAnswers() throws InterruptedException {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    Thread.ofVirtual().name("readiness").start(() -> ask(answer));
    try {
      answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException _) {
      return false;
    }
  }

  private void ask(CompletableFuture<Void> answer) {
    try {
      database.run();
      answer.complete(null);
    } catch (RuntimeException outage) {
      answer.completeExceptionally(outage);
    }
  }
}
