package dev.capstan.core.run;

import static dev.capstan.core.run.RunExamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * given(events or commands that were accepted) when(command) then(events or refusal). What {@code
 * then} expected becomes part of what is given, so that a story is one chain.
 */
final class Given {
  private final List<RunEvent> history;
  private final Run run;

  private Given(List<RunEvent> history) {
    this.history = List.copyOf(history);
    this.run = RunHistory.replay(history);
  }

  static Given events(RunEvent... events) {
    return new Given(List.of(events));
  }

  /** A run that was asked for. */
  static Given created(RunPolicy policy, StepDraft... steps) {
    return events(new RunEvent.Created(RunExamples.brief(policy, steps)));
  }

  static Given preparing(RunPolicy policy, StepDraft... steps) {
    return created(policy, steps).and(new RunCommand.Start());
  }

  static Given measuring(RunPolicy policy, StepDraft... steps) {
    return preparing(policy, steps).and(RunExamples.prepared());
  }

  /** A run at work, or waiting for its plan's approval. */
  static Given working(RunPolicy policy, StepDraft... steps) {
    return measuring(policy, steps).and(RunExamples.measured());
  }

  static Given working(StepDraft... steps) {
    return working(PolicyDraft.policy().build(), steps);
  }

  /** These commands were accepted, whatever followed. */
  Given and(RunCommand... commands) {
    Given given = this;
    for (RunCommand command : commands) {
      given = given.when(command).accepted();
    }
    return given;
  }

  When when(RunCommand command) {
    return new When(command, RunDecider.decide(run, command, NOW));
  }

  Run run() {
    return run;
  }

  List<RunEvent> history() {
    return history;
  }

  Run.Status status() {
    return run.status();
  }

  StepState stateOf(String step) {
    return progress().of(RunExamples.id(step));
  }

  Progress progress() {
    return progressOf(run);
  }

  private static Progress progressOf(Run run) {
    return switch (run) {
      case Run.Working w -> w.progress();
      case Run.Delivering d -> d.progress();
      case Run.Paused(var within, _, _) -> progressOf(within);
      case Run.Blocked(var within, _) -> progressOf(within);
      case Run.Ended(var last, _, _) -> progressOf(last);
      case Run.Absent _, Run.Pending _, Run.Preparing _, Run.Measuring _, Run.Planned _ ->
          throw new AssertionError("no step has begun");
    };
  }

  /** The answer to a command. */
  final class When {
    private final RunCommand command;
    private final Decision decision;

    private When(RunCommand command, Decision decision) {
      this.command = command;
      this.decision = decision;
    }

    /** Exactly these events follow. */
    Given then(RunEvent... events) {
      assertThat(eventsOrFail()).containsExactly(events);
      return accepted();
    }

    Given thenNothing() {
      return then();
    }

    /** Events of exactly these types follow; for where their content is another test's matter. */
    Given thenTypes(Class<?>... types) {
      assertThat(eventsOrFail().stream().<Class<?>>map(Object::getClass)).containsExactly(types);
      return accepted();
    }

    Given thenRefused(Refusal refusal) {
      assertThat(decision).isEqualTo(new Decision.Refused(refusal));
      return Given.this;
    }

    Given thenRefused(Class<? extends Refusal> type, String message) {
      assertThat(decision)
          .isInstanceOfSatisfying(
              Decision.Refused.class,
              refused -> {
                assertThat(refused.refusal()).isInstanceOf(type);
                assertThat(refused.refusal().message()).isEqualTo(message);
              });
      return Given.this;
    }

    Given accepted() {
      List<RunEvent> longer = new ArrayList<>(history);
      longer.addAll(eventsOrFail());
      return new Given(longer);
    }

    /** What the shell is to do because of the events. */
    List<Effect> effects() {
      List<Effect> effects = new ArrayList<>();
      Run at = run;
      for (RunEvent event : eventsOrFail()) {
        at = RunHistory.evolve(at, event);
        effects.addAll(RunReaction.react(at, event, NOW));
      }
      return effects;
    }

    Stream<Task> tasks() {
      return effects().stream()
          .filter(Effect.Enqueue.class::isInstance)
          .map(effect -> ((Effect.Enqueue) effect).task());
    }

    private List<RunEvent> eventsOrFail() {
      return switch (decision) {
        case Decision.Accepted(var events) -> events;
        case Decision.Refused(var refusal) ->
            throw new AssertionError(command + " was refused: " + refusal.message());
      };
    }
  }
}
