package dev.capstan.core.run;

import dev.capstan.core.StepId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A decision in the making: the events so far, and the run after them. */
final class Draft {
  private final Run given;
  private final Instant now;
  private final List<RunEvent> events = new ArrayList<>();
  private Run run;

  Draft(Run run, Instant now) {
    this.given = run;
    this.run = run;
    this.now = now;
  }

  /** Whether a command may happen. */
  sealed interface Answer {}

  /** It may, and the events of the draft follow. */
  record Yes() implements Answer {}

  /** It may not, and nothing follows. */
  record No(Refusal refusal) implements Answer {}

  static Answer yes() {
    return new Yes();
  }

  static Answer no(Refusal refusal) {
    return new No(refusal);
  }

  static Answer stale(StepId step, int attempt) {
    return no(new Refusal.Stale("attempt " + attempt + " of step " + step + " is not under way"));
  }

  Answer notNow(RunCommand command) {
    return no(new Refusal.NotNow(given.status(), inWords(command)));
  }

  private static String inWords(RunCommand command) {
    return command
        .getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }

  /** The next thing that happens is decided on the run after this one. */
  Answer then(RunEvent event) {
    events.add(event);
    run = RunHistory.evolve(run, event);
    return yes();
  }

  Instant now() {
    return now;
  }

  /** The run as it was when the command came. */
  Run given() {
    return given;
  }

  Run run() {
    return run;
  }

  List<RunEvent> events() {
    return events;
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  /** The run, which was created. */
  Run.Known known() {
    if (run instanceof Run.Known known) {
      return known;
    }
    throw new IllegalStateException("the run does not exist");
  }

  /** The run at work, be it paused. */
  Optional<Run.Working> working() {
    return switch (run) {
      case Run.Working w -> Optional.of(w);
      case Run.Paused(Run.Working w, _, _) -> Optional.of(w);
      case Run.Absent _, Run.Known _ -> Optional.empty();
    };
  }

  /** How far the steps have come; empty before work has begun. */
  Optional<Progress> progress() {
    return progressIn(run);
  }

  private static Optional<Progress> progressIn(Run run) {
    return switch (run) {
      case Run.Working w -> Optional.of(w.progress());
      case Run.Delivering d -> Optional.of(d.progress());
      case Run.Paused(var within, _, _) -> progressIn(within);
      case Run.Blocked(var within, _) -> progressIn(within);
      case Run.Absent _, Run.Known _ -> Optional.empty();
    };
  }
}
