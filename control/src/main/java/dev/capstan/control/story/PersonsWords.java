package dev.capstan.control.story;

import dev.capstan.core.StepId;
import dev.capstan.core.evidence.Confidence;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.core.evidence.Outcome;
import dev.capstan.core.plan.Step;
import dev.capstan.core.run.Attempt;
import dev.capstan.core.run.RunEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What people said of a run's changes when they were asked. A gate that opened by itself is no
 * person's word: to count it would let the score confirm itself.
 */
public final class PersonsWords {
  private final Map<StepId, Step> plan = new HashMap<>();
  private final Map<StepId, Attempt> attempts = new HashMap<>();
  private final Map<StepId, Evidence> asked = new HashMap<>();
  private final List<Outcome> outcomes = new ArrayList<>();

  private PersonsWords() {}

  /** Those of one run's events, in order; others than these types may be left out. */
  public static List<Outcome> of(Collection<? extends RunEvent> events) {
    PersonsWords words = new PersonsWords();
    events.forEach(words::add);
    return List.copyOf(words.outcomes);
  }

  private void add(RunEvent event) {
    switch (event) {
      case RunEvent.Created(var brief) -> plan(brief.plan().steps());
      case RunEvent.StepsInjected(var injection, _) -> plan(injection.steps());
      case RunEvent.StepStarted(var step, var attempt, _) -> attempts.put(step, attempt);
      case RunEvent.QaRequested(var step, var evidence, _) -> asked.put(step, evidence);
      case RunEvent.QaApproved(var step, _) -> said(step, true);
      case RunEvent.AttemptFailed failed -> said(failed.step(), false);
      case RunEvent.StepSkipped(var step, _) -> asked.remove(step);
      case RunEvent.VerificationRepeated(var step) -> asked.remove(step);
      case RunEvent.Rewound(_, var steps, _, _) -> steps.forEach(asked::remove);
      case RunEvent _ -> {}
    }
  }

  private void plan(List<Step> steps) {
    steps.forEach(step -> plan.put(step.id(), step));
  }

  /** A failure while nobody was asked is no word of a person. */
  private void said(StepId id, boolean accepted) {
    Evidence evidence = asked.remove(id);
    Step step = plan.get(id);
    Attempt attempt = attempts.get(id);
    if (evidence != null && step != null && attempt != null) {
      String engine = step.engines().get(attempt.engine()).engine();
      outcomes.add(new Outcome(step.kind(), engine, raw(evidence.confidence()), accepted));
    }
  }

  private static int raw(Confidence confidence) {
    return switch (confidence) {
      case Confidence.Scored scored -> scored.raw();
      case Confidence.NotScored _ -> -1;
    };
  }
}
