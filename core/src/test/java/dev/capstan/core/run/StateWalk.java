package dev.capstan.core.run;

import static dev.capstan.core.run.RunExamples.NOW;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/** Every example of a state with every example of a command. */
final class StateWalk {
  /**
   * One pair and what came of it.
   *
   * @param visited the run before it, after each event, and at the end
   */
  record Pair(
      String state, String command, RunCommand given, Decision decision, List<Run> visited) {
    Run next() {
      return visited.getLast();
    }

    List<RunEvent> events() {
      return switch (decision) {
        case Decision.Accepted(var events) -> events;
        case Decision.Refused _ -> List.of();
      };
    }
  }

  /** An event moved something from one state to another. */
  record Edge(String from, String to, String event) {}

  private StateWalk() {}

  static List<Pair> walk(Map<String, Given> states) {
    List<Pair> pairs = new ArrayList<>();
    states.forEach((state, given) ->
        StateExamples.commands()
            .forEach((name, command) -> pairs.add(pair(state, given.run(), name, command))));
    return pairs;
  }

  static List<Pair> walk() {
    List<Pair> pairs = new ArrayList<>(walk(StateExamples.runs()));
    pairs.addAll(walk(StateExamples.steps()));
    pairs.addAll(walk(StateExamples.lanes()));
    return pairs;
  }

  /** Decides, evolves and reacts, so that none of the three may throw. */
  private static Pair pair(String state, Run run, String name, RunCommand command) {
    Decision decision = RunDecider.decide(run, command, NOW);
    List<Run> visited = new ArrayList<>(List.of(run));
    if (decision instanceof Decision.Accepted(var events)) {
      for (RunEvent event : events) {
        visited.add(RunHistory.evolve(visited.getLast(), event));
        RunReaction.react(visited.getLast(), event, NOW);
      }
    }
    return new Pair(state, name, command, decision, List.copyOf(visited));
  }

  /** What moves a run; its end, which can come from anywhere, is left out. */
  static SequencedSet<Edge> runEdges() {
    SequencedSet<Edge> edges = new LinkedHashSet<>();
    for (Pair pair : walk()) {
      for (int i = 0; i < pair.events().size(); i++) {
        String event = name(pair.events().get(i));
        if (!Set.of("Cancelled", "Failed").contains(event)) {
          add(edges, kind(pair.visited().get(i)), kind(pair.visited().get(i + 1)), event);
        }
      }
    }
    return edges;
  }

  /** What moves step {@code a}; the end of the run is left out. */
  static SequencedSet<Edge> stepEdges() {
    SequencedSet<Edge> edges = new LinkedHashSet<>();
    for (Pair pair : walk()) {
      for (int i = 0; i < pair.events().size(); i++) {
        RunEvent event = pair.events().get(i);
        String before = stepOf(pair.visited().get(i));
        String after = stepOf(pair.visited().get(i + 1));
        if (!before.isEmpty() && !after.equals("Cancelled")) {
          add(edges, before, after, name(event));
        }
      }
    }
    return edges;
  }

  private static void add(Set<Edge> edges, String from, String to, String event) {
    if (!from.equals(to)) {
      edges.add(new Edge(from, to, event));
    }
  }

  /** The state of step {@code a}; empty if there are no steps yet. */
  static String stepOf(Run run) {
    return progressOf(run).map(progress -> name(progress.of(RunExamples.id("a")))).orElse("");
  }

  static String laneOf(Run run) {
    return progressOf(run).map(progress -> name(progress.lane())).orElse("");
  }

  private static Optional<Progress> progressOf(Run run) {
    return switch (run) {
      case Run.Working w -> Optional.of(w.progress());
      case Run.Delivering d -> Optional.of(d.progress());
      case Run.Paused(var within, _, _) -> progressOf(within);
      case Run.Blocked(var within, _) -> progressOf(within);
      case Run.Ended(var last, _, _) -> progressOf(last);
      case Run.Absent _, Run.Pending _, Run.Preparing _, Run.Measuring _, Run.Planned _ ->
          Optional.empty();
    };
  }

  static String kind(Run run) {
    return run instanceof Run.Ended(_, var outcome, _) ? name(outcome) : name(run);
  }

  /** The state in words, with the stage that it is in. */
  static String describe(Run run) {
    return switch (run) {
      case Run.Paused(var within, _, _) -> "Paused in " + name(within);
      case Run.Blocked(var within, _) -> "Blocked in " + name(within);
      case Run.Ended(_, var outcome, _) -> "Ended: " + name(outcome);
      case Run other -> name(other);
    };
  }

  static String name(Object value) {
    return value.getClass().getSimpleName();
  }
}
