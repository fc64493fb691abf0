package dev.capstan.server.rest;

import dev.capstan.api.CreateRun.EngineDocument;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.CreateRun.StepDocument;
import dev.capstan.engines.planner.Entry;
import dev.capstan.engines.planner.RulePlanner.Planned;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A plan in the making: one step after the other, as each is to see what the one before made. */
final class PlannedSteps {
  private final List<StepDocument> steps = new ArrayList<>();

  PlanDocument document() {
    return new PlanDocument(steps);
  }

  /** Adds what an entry of the catalogue does; returns the step's id. */
  String add(Planned planned) {
    Entry entry = planned.entry();
    String engine = entry.recipes() == null ? EngineDocument.COMMAND : EngineDocument.OPENREWRITE;
    return add(
        entry.id(),
        entry.kind(),
        entry.title(),
        reason(planned),
        new EngineDocument(engine, planned.arguments()),
        Entry.orNone(entry.scope()),
        Entry.orNone(entry.judge()));
  }

  /** What a reader of the commit believes, so it names only files that surely gave a reason. */
  private static String reason(Planned planned) {
    String reason = planned.entry().reason();
    return planned.because().isEmpty()
        ? reason
        : reason + "\n\nFound in " + planned.because() + '.';
  }

  /** Adds a step; returns its id, which is the one given or that with a number. */
  String add(
      String id,
      String kind,
      String title,
      String reason,
      EngineDocument engine,
      List<String> scope,
      List<String> judge) {
    String free = free(id);
    steps.add(
        new StepDocument(
            free,
            kind,
            title,
            reason,
            List.of(engine),
            steps.isEmpty() ? List.of() : List.of(steps.getLast().id()),
            0,
            scope,
            judge,
            Map.of(),
            List.of(),
            0,
            0,
            0,
            1,
            1,
            true,
            false,
            false));
    return free;
  }

  private String free(String id) {
    String free = id;
    for (int n = 2; isTaken(free); n++) {
      free = id + '-' + n;
    }
    return free;
  }

  private boolean isTaken(String id) {
    return steps.stream().anyMatch(step -> step.id().equals(id));
  }
}
