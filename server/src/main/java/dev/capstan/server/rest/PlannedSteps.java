package dev.capstan.server.rest;

import dev.capstan.api.CreateRun.EngineDocument;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.CreateRun.StepDocument;
import dev.capstan.api.Performer;
import dev.capstan.core.plan.Scope;
import dev.capstan.engines.FindingCommand;
import dev.capstan.engines.FindingCommand.About;
import dev.capstan.engines.planner.Entry;
import dev.capstan.engines.planner.ProposedStep;
import dev.capstan.engines.planner.RulePlanner.Planned;
import dev.capstan.engines.planner.Spot;
import dev.capstan.engines.prompt.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A plan in the making. A step waits for those before it whose files it may change too, as each is
 * to see what the one before made of them; steps that share no file go side by side.
 */
final class PlannedSteps {
  /** As much as a line of a commit's body holds; a longer word stays whole. */
  private static final String LINE = "(.{1,72}|\\S{73,})(?: +|\n|$)";

  private final List<StepDocument> steps = new ArrayList<>();
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  PlanDocument document() {
    return new PlanDocument(steps);
  }

  /**
   * Adds what an entry of the catalogue does; returns the ids of its steps.
   *
   * @param by what performs the steps of what was found file by file; there are none without
   */
  List<String> add(Planned planned, Performer by) {
    if (planned.entry().finds() == null) {
      return List.of(add(planned));
    }
    return by.performs()
        ? planned.found().spots().stream().map(spot -> add(planned.entry(), spot, by)).toList()
        : List.of();
  }

  private String add(Entry entry, Spot spot, Performer by) {
    About about = new About(spot.file(), spot.mended(), spot.lines());
    List<String> scope = List.of(spot.mended());
    return add(
        new StepDocument(
            free(entry.id()),
            entry.kind(),
            entry.title() + ": " + spot.file(),
            broken(spot.why()),
            List.of(EngineDocument.command(FindingCommand.fill(by.command(), about))),
            before(new Scope(scope)),
            0,
            scope,
            scope,
            Map.of(),
            by.environment(),
            by.timeLimitSeconds(),
            0,
            0,
            1,
            1,
            false,
            false,
            false));
  }

  private String add(Planned planned) {
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
    return broken(planned.entry().reason() + where);
  }

  private static String broken(String text) {
    return text.replaceAll(LINE, "$1\n").strip();
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
    return add(id, kind, title, reason, engines, scope, judge, new Scope(scope));
  }

  /** Adds a step that a model proposes; it waits also for those whose files it may change. */
  void add(ProposedStep step, EngineDocument engine) {
    List<String> after = new ArrayList<>(before(new Scope(step.scope())));
    step.after().stream().filter(id -> !after.contains(id)).forEach(after::add);
    add(
        new StepDocument(
            free(step.id()),
            step.kind(),
            step.title(),
            broken(step.reason()),
            List.of(engine),
            after,
            0,
            step.scope(),
            List.of(),
            Map.of(),
            List.of(),
            0,
            0,
            0,
            0,
            1,
            Role.of(step.role()).filter(Role::edits).isEmpty(),
            false,
            false));
  }

  /** Adds a step that waits for all before it; returns its id. */
  String addLast(
      String id, String kind, String title, String reason, EngineDocument engine, String scope) {
    return add(
        id, kind, title, reason, List.of(engine), List.of(scope), List.of(), Scope.EVERYTHING);
  }

  private String add(
      String id,
      String kind,
      String title,
      String reason,
      List<EngineDocument> engines,
      List<String> scope,
      List<String> judge,
      Scope awaited) {
    return add(
        new StepDocument(
            free(id),
            kind,
            title,
            reason,
            engines,
            before(awaited),
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
  }

  private String add(StepDocument step) {
    steps.add(step);
    return step.id();
  }

  /** Those that share files with it, without those that one of these waits for anyway. */
  private List<String> before(Scope scope) {
    List<String> direct = new ArrayList<>();
    Set<String> reached = new HashSet<>();
    for (StepDocument step : steps.reversed()) {
      boolean known = reached.contains(step.id());
      if (!known && scope.mayOverlap(new Scope(step.scope()))) {
        direct.addFirst(step.id());
        known = true;
      }
      if (known) {
        reached.addAll(step.after());
      }
    }
    return direct;
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
