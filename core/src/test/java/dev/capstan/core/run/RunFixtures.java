package dev.capstan.core.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;

/** Runs for the tests of other modules. */
public final class RunFixtures {
  private RunFixtures() {}

  /** What happened to a run in a random world; the same seed gives the same history. */
  public static List<RunEvent> randomHistory(int steps, int disturbances, long seed) {
    Random random = new Random(seed);
    World world = new World(random, new RandomBriefs(random).next(steps));
    for (int i = 0; i < disturbances; i++) {
      world.disturb();
    }
    return List.copyOf(world.history());
  }

  /** A run in each state, with a step in each state, with its branch in each state; by name. */
  public static SequencedMap<String, Run> everyState() {
    SequencedMap<String, Run> all = new LinkedHashMap<>();
    StateExamples.runs().forEach((name, given) -> all.put("run: " + name, given.run()));
    StateExamples.steps().forEach((name, given) -> all.put("step: " + name, given.run()));
    StateExamples.lanes().forEach((name, given) -> all.put("lane: " + name, given.run()));
    return all;
  }
}
