package dev.capstan.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Laws of a run in a random world; {@link RunLaws} and {@link World} say which. */
final class RunPropertiesTest {
  /** More than any of these plans can need when all goes well. */
  private static final int ENOUGH = 500;

  @Property(tries = 2000)
  void the_laws_hold_whatever_happens_and_a_fair_world_ends(
      @ForAll @IntRange(min = 1, max = 8) int steps,
      @ForAll @IntRange(max = 120) int disturbances,
      @ForAll long seed) {
    World world = world(steps, seed);
    for (int i = 0; i < disturbances; i++) {
      world.disturb();
    }
    world.checkReplay();
    int helped = 0;
    while (world.help()) {
      assertThat(++helped).as("the run ends").isLessThan(ENOUGH);
    }
    assertThat(world.run()).isInstanceOf(Run.Ended.class);
    world.checkReplay();
  }

  @Property(tries = 500)
  void any_prefix_of_a_history_is_a_history(
      @ForAll @IntRange(min = 1, max = 5) int steps, @ForAll long seed) {
    World world = world(steps, seed);
    for (int i = 0; i < 40; i++) {
      world.disturb();
    }
    Run run = new Run.Absent();
    for (int length = 0; length < world.history().size(); length++) {
      assertThat(RunHistory.replay(world.history().subList(0, length))).isEqualTo(run);
      run = RunHistory.evolve(run, world.history().get(length));
    }
  }

  @Property(tries = 1000)
  void a_fork_from_any_past_event_keeps_the_laws_and_ends(
      @ForAll @IntRange(min = 1, max = 6) int steps,
      @ForAll @IntRange(max = 60) int disturbances,
      @ForAll long seed) {
    World origin = world(steps, seed);
    for (int i = 0; i < disturbances; i++) {
      origin.disturb();
    }
    World fork = new World(new Random(seed), origin);
    int helped = 0;
    while (fork.help()) {
      assertThat(++helped).as("the fork ends").isLessThan(ENOUGH);
    }
    assertThat(fork.run()).isInstanceOf(Run.Ended.class);
    fork.checkReplay();
  }

  /** A guard on the guards: a world in which nothing ever goes wrong would prove little. */
  @Test
  void the_random_worlds_meet_every_event_and_every_end() {
    Set<Class<?>> events = new HashSet<>();
    Set<Run.Status> ends = new HashSet<>();
    for (int seed = 0; seed < 3_000; seed++) {
      World world = world(1 + seed % 7, seed);
      for (int i = 0; i < 80; i++) {
        world.disturb();
      }
      events.addAll(world.eventTypes());
      events.addAll(new World(new Random(seed), world).eventTypes());
      ends.add(world.run().status());
    }
    assertThat(events)
        .isEqualTo(Stream.of(RunEvent.class.getPermittedSubclasses()).collect(Collectors.toSet()));
    assertThat(ends)
        .contains(
            Run.Status.COMPLETED, Run.Status.FAILED, Run.Status.CANCELLED, Run.Status.BLOCKED);
  }

  private static World world(int steps, long seed) {
    Random random = new Random(seed);
    return new World(random, new RandomBriefs(random).next(steps));
  }
}
