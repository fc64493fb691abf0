package dev.capstan.server.rest;

import dev.capstan.api.CreateRun.EngineDocument;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.CreateRun.StepDocument;
import dev.capstan.engines.planner.Entry;
import dev.capstan.engines.planner.RulePlanner.Planned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A plan in the making: one step after the other, as each is to see what the one before made. */
final class PlannedSteps {
  /** As much as a line of a commit's body holds; a longer word stays whole. */
  private static final String LINE = "(.{1,72}|\\S{73,})(?: +|\n|$)";

  private final List<StepDocument> steps = new ArrayList<>();
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  PlanDocument document() {
    return new PlanDocument(steps);
  }

  /** Adds what an entry of the catalogue does; returns the step's id. */
  String add(Planned planned) {
    Entry entry = planned.entry();
    return add(
        entry.id(),
        entry.kind(),
        entry.title(),
        reason(planned),
        planned.means().stream()
            .map(means -> new EngineDocument(means.engine(), means.arguments()))
            .toList(),
        Entry.orNone(entry.scope()),
        Entry.orNone(entry.judge()));
  }

  /** What a reader of the commit believes, so it names only files that surely gave a reason. */
  private static String reason(Planned planned) {
    String where = planned.because().isEmpty() ? "" : "\n\nFound in " + planned.because() + '.';
    return (planned.entry().reason() + where).replaceAll(LINE, "$1\n").strip();
  }

  /** Adds a step; returns its id, which is the one given or that with a number. */
  String add(
      String id,
      String kind,
      String title,
      String reason,
      List<EngineDocument> engines,
      List<String> scope,
      List<String> judge) {
    String free = free(id);
    steps.add(
        new StepDocument(
            free,
            kind,
            title,
            reason,
            engines,
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

  /** The second of a name is {@code name-2}. */
  private String free(String id) {
    String free = id;
    while (!taken.add(free)) {
      free = id + '-' + (numbers.merge(id, 1, Integer::sum) + 1);
    }
    return free;
  }
}
