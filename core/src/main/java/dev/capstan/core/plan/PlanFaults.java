package dev.capstan.core.plan;

import dev.capstan.core.StepId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.Set;

/** Finds every reason to refuse a plan, in the order of its steps. */
final class PlanFaults {
  static final int MOST_STEPS = 10_000;

  private PlanFaults() {}

  static List<PlanFault> of(Plan plan) {
    if (plan.steps().isEmpty()) {
      return List.of(new PlanFault.Empty());
    }
    if (plan.steps().size() > MOST_STEPS) {
      return List.of(new PlanFault.TooLarge(plan.steps().size(), MOST_STEPS));
    }
    List<PlanFault> faults = new ArrayList<>();
    Set<StepId> known = new HashSet<>();
    for (Step step : plan.steps()) {
      if (!known.add(step.id())) {
        faults.add(new PlanFault.Duplicate(step.id()));
      }
    }
    for (Step step : plan.steps()) {
      faults.addAll(of(step, known));
    }
    if (faults.isEmpty()) {
      findCycle(plan, faults);
    }
    return faults;
  }

  private static List<PlanFault> of(Step step, Set<StepId> known) {
    List<PlanFault> faults = new ArrayList<>();
    for (StepId dependency : step.barrier().steps()) {
      if (!known.contains(dependency)) {
        faults.add(new PlanFault.UnknownDependency(step.id(), dependency));
      }
    }
    for (String glob : step.scope().globs()) {
      if (!staysInside(glob)) {
        faults.add(new PlanFault.EscapingScope(step.id(), glob));
      }
    }
    if (step.engines().isEmpty()) {
      faults.add(new PlanFault.NothingToDo(step.id(), "it names no engine"));
    }
    for (Work work : step.engines()) {
      if (work.arguments().isEmpty()) {
        faults.add(
            new PlanFault.NothingToDo(step.id(), "engine " + work.engine() + " has no arguments"));
      }
    }
    return faults;
  }

  private static boolean staysInside(String glob) {
    if (glob.isBlank()
        || glob.startsWith("/")
        || glob.indexOf('\\') >= 0
        || glob.indexOf('\0') >= 0) {
      return false;
    }
    for (String segment : glob.split("/", -1)) {
      if (segment.isEmpty()
          || segment.equals(".")
          || segment.equals("..")
          || segment.equalsIgnoreCase(".git")) {
        return false;
      }
    }
    return true;
  }

  /**
   * Kahn's algorithm; what is left over holds a cycle, which is then walked backwards for its path.
   */
  private static void findCycle(Plan plan, List<PlanFault> faults) {
    Map<StepId, Step> left = new HashMap<>();
    Map<StepId, List<StepId>> dependents = new HashMap<>();
    Map<StepId, Integer> waitsFor = new HashMap<>();
    Deque<StepId> free = new ArrayDeque<>();
    for (Step step : plan.steps()) {
      left.put(step.id(), step);
      Set<StepId> dependencies = Set.copyOf(step.barrier().steps());
      waitsFor.put(step.id(), dependencies.size());
      dependencies.forEach(
          d -> dependents.computeIfAbsent(d, _ -> new ArrayList<>()).add(step.id()));
      if (dependencies.isEmpty()) {
        free.add(step.id());
      }
    }
    while (!free.isEmpty()) {
      StepId done = free.remove();
      left.remove(done);
      for (StepId dependent : dependents.getOrDefault(done, List.of())) {
        if (waitsFor.merge(dependent, -1, Integer::sum) == 0) {
          free.add(dependent);
        }
      }
    }
    plan.steps().stream()
        .filter(step -> left.containsKey(step.id()))
        .findFirst()
        .ifPresent(start -> faults.add(cycleFrom(start, left)));
  }

  private static PlanFault cycleFrom(Step start, Map<StepId, Step> left) {
    SequencedSet<StepId> path = new LinkedHashSet<>();
    Step at = start;
    while (path.add(at.id())) {
      at =
          at.barrier().steps().stream()
              .map(left::get)
              .filter(Objects::nonNull)
              .findFirst()
              .orElseThrow();
    }
    StepId repeated = at.id();
    List<StepId> cycle =
        new ArrayList<>(path.stream().dropWhile(id -> !id.equals(repeated)).toList());
    cycle.add(repeated);
    return new PlanFault.Cycle(cycle.reversed());
  }
}
