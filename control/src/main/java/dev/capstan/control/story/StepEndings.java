package dev.capstan.control.story;

import dev.capstan.control.records.Experience.Ended;
import dev.capstan.core.ProjectId;
import dev.capstan.core.StepId;
import dev.capstan.core.plan.Step;
import dev.capstan.core.run.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells from the events of one run, in order, how its steps ended. */
public final class StepEndings {
  private final ProjectId project;
  private final Map<StepId, Step> planned = new HashMap<>();
  private final Map<StepId, Instant> begun = new HashMap<>();
  private final Map<StepId, Ended> ended = new LinkedHashMap<>();

  public StepEndings(ProjectId project) {
    this.project = project;
  }

  /** Events that end or begin no step change nothing. */
  public void add(RunEvent event, Instant at) {
    if (event instanceof RunEvent.Created(var brief)) {
      plan(brief.plan().steps());
    } else if (event instanceof RunEvent.StepsInjected(var injection, _)) {
      plan(injection.steps());
    } else if (event instanceof RunEvent.StepStarted(var step, _, _)) {
      begun.putIfAbsent(step, at);
    } else if (event instanceof RunEvent.StepCompleted(var step, _)) {
      end(step, at, true);
    } else if (event instanceof RunEvent.Integrated(_, var steps)) {
      steps.forEach(step -> end(step, at, true));
    } else if (event instanceof RunEvent.StepBlocked(var step, _)) {
      end(step, at, false);
    } else if (event instanceof RunEvent.StepFailed(var step, _)) {
      end(step, at, false);
    }
  }

  private void plan(List<Step> steps) {
    steps.forEach(step -> planned.put(step.id(), step));
  }

  /** A step that never began says nothing; one that was opened again counts once, as it ended. */
  private void end(StepId id, Instant at, boolean completed) {
    Step step = planned.get(id);
    Instant from = begun.get(id);
    if (step != null && from != null) {
      ended.put(id, new Ended(project, step, at, Duration.between(from, at), completed));
    }
  }

  public List<Ended> endings() {
    return List.copyOf(ended.values());
  }
}
