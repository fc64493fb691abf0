package dev.capstan.server.metrics;

import dev.capstan.control.EventStore.Entry;
import dev.capstan.control.EventStore.Versioned;
import dev.capstan.control.EventStore.Write;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.Confidence;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.core.evidence.Response;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunEvent;
import dev.capstan.core.run.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts events of runs. Safe for many threads. */
public final class RunMeter {
  private static final int MOST_REMEMBERED = 10_000;
  private static final double HUNDREDTHS = 100;

  private final Metrics metrics;
  private final Set<String> engines;
  private final Map<Place, Instant> failing =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Instant> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  private record Place(RunId run, StepId step) {}

  /** {@code engines} are told apart by name; a plan may name any. */
  public RunMeter(Metrics metrics, Set<String> engines) {
    this.metrics = metrics;
    this.engines = Set.copyOf(engines);
  }

  /** Counts what one run became; {@code before} is what it was. */
  void count(@Nullable Versioned before, Write write) {
    Run was = before == null ? new Run.Absent() : before.run();
    for (Entry entry : write.entries()) {
      count(was, write, entry);
    }
  }

  private void count(Run was, Write write, Entry entry) {
    switch (entry.event()) {
      case RunEvent.Created _ -> run("created");
      case RunEvent.Forked _ -> run("forked");
      case RunEvent.Halted _ -> run("halted");
      case RunEvent.Rewound _ -> run("rewound");
      case RunEvent.Started _ -> run("started");
      case RunEvent.Completed _ -> run("completed");
      case RunEvent.Failed _ -> run("failed");
      case RunEvent.Cancelled _ -> run("cancelled");
      case RunEvent.Paused _, RunEvent.StopReached _ -> run("paused");
      case RunEvent.Resumed _ -> run("resumed");
      case RunEvent.Blocked _ -> run("blocked");
      case RunEvent.Unblocked _ -> run("unblocked");
      case RunEvent.StepStarted _ -> step("started");
      case RunEvent.StepBlocked _ -> step("blocked");
      case RunEvent.StepFailed _ -> step("failed");
      case RunEvent.StepSkipped _ -> step("skipped");
      case RunEvent.StepReopened _ -> step("reopened");
      case RunEvent.StepContinued _ -> step("continued");
      case RunEvent.QaApproved _ -> step("approved");
      case RunEvent.StepCompleted(var step, _) -> {
        step("completed");
        recovered(new Place(write.run(), step), entry.at());
      }
      case RunEvent.QuestionAsked(var step, _, _) -> attempt(was, write, step, "asked");
      case RunEvent.AttemptFailed(var step, _, _, _, var response) -> {
        attempt(was, write, step, ending(was, step));
        retry(response);
        fails(new Place(write.run(), step), entry.at());
      }
      case RunEvent.AttemptVerified(var step, var evidence) -> {
        attempt(was, write, step, "verified");
        gate("step", "pass", evidence);
        confidence(evidence);
      }
      case RunEvent.QaRequested(var step, var evidence, _) -> {
        attempt(was, write, step, "held");
        gate("step", "held", evidence);
      }
      case RunEvent.GateShut(_, var evidence) -> gate("step", "fail", evidence);
      case RunEvent.TipVerified(var evidence) -> gate("branch", "pass", evidence);
      case RunEvent.TipHeld(var evidence, _, var approvable) ->
          gate("branch", approvable ? "held" : "fail", evidence);
      case RunEvent.TaskFailed _ -> metrics.count(Metric.RETRIES, "response", "task");
      case RunEvent.Prepared _,
          RunEvent.PolicyTightened _,
          RunEvent.BaselineMeasured _,
          RunEvent.PlanApproved _,
          RunEvent.AttemptExecuted _,
          RunEvent.QuestionAnswered _,
          RunEvent.VerificationRepeated _,
          RunEvent.Instructed _,
          RunEvent.StepsInjected _,
          RunEvent.StopSet _,
          RunEvent.IntegrationStarted _,
          RunEvent.Integrated _,
          RunEvent.TipVerificationStarted _,
          RunEvent.TipApproved _,
          RunEvent.DeliveryStarted _,
          RunEvent.CiReported _,
          RunEvent.Merged _ -> {}
    }
  }

  private void run(String event) {
    metrics.count(Metric.RUN_EVENTS, "event", event);
  }

  private void step(String event) {
    metrics.count(Metric.STEP_EVENTS, "event", event);
  }

  private void attempt(Run was, Write write, StepId step, String outcome) {
    String engine = engine(was, step).or(() -> engine(write.after(), step)).orElse("unknown");
    metrics.count(
        Metric.ATTEMPTS, "engine", engines.contains(engine) ? engine : "other", "outcome", outcome);
  }

  /** What had failed: the engine, the gate, or a person's patience with it. */
  private static String ending(Run was, StepId step) {
    return switch (working(was)
        .flatMap(work -> state(work, step))
        .orElse(StepState.Pending.UNTRIED)) {
      case StepState.Verifying _ -> "refused";
      case StepState.NeedsQa _, StepState.Verified _ -> "rejected";
      case StepState.Pending _,
          StepState.Executing _,
          StepState.Completed _,
          StepState.Skipped _,
          StepState.Blocked _,
          StepState.Asking _,
          StepState.Failed _,
          StepState.Cancelled _ ->
          "failed";
    };
  }

  private static Optional<String> engine(Run run, StepId step) {
    return working(run)
        .flatMap(work ->
            state(work, step)
                .filter(StepState.InFlight.class::isInstance)
                .map(StepState.InFlight.class::cast)
                .map(flight ->
                    work.planned(step).engines().get(flight.attempt().engine()).engine()));
  }

  private static Optional<StepState> state(Run.Working work, StepId step) {
    return Optional.ofNullable(work.progress().steps().get(step));
  }

  private static Optional<Run.Working> working(Run run) {
    return switch (run) {
      case Run.Working work -> Optional.of(work);
      case Run.Paused(var within, _, _) -> working(within);
      case Run.Blocked(var within, _) -> working(within);
      case Run.Absent _,
          Run.Pending _,
          Run.Preparing _,
          Run.Measuring _,
          Run.Planned _,
          Run.Delivering _,
          Run.Ended _ ->
          Optional.empty();
    };
  }

  private void retry(Response response) {
    switch (response) {
      case Response.Retry _, Response.Fix _, Response.Escalate _ ->
          metrics.count(Metric.RETRIES, "response", word(response.getClass().getSimpleName()));
      case Response.Ignore _, Response.Block _ -> {}
    }
  }

  private void gate(String subject, String verdict, Evidence evidence) {
    metrics.count(Metric.VERIFICATIONS, "subject", subject, "verdict", verdict);
    for (Check check : evidence.checks()) {
      metrics.count(Metric.CHECKS, "subject", subject, "verdict", word(check.verdict().name()));
    }
  }

  private void confidence(Evidence evidence) {
    if (evidence.confidence() instanceof Confidence.Scored(var hundredths, _, _, _)) {
      metrics.share(Metric.CONFIDENCE, hundredths / HUNDREDTHS);
    }
  }

  private void fails(Place place, Instant at) {
    synchronized (failing) {
      failing.putIfAbsent(place, at);
    }
  }

  private void recovered(Place place, Instant at) {
    Instant since;
    synchronized (failing) {
      since = failing.remove(place);
    }
    if (since != null) {
      metrics.work(Metric.TIME_TO_RECOVER, Duration.between(since, at));
    }
  }

  private static String word(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
