package dev.capstan.control.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.core.plan.Plan;
import dev.capstan.core.run.Effect;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunEvent;
import dev.capstan.core.run.RunFixtures;
import dev.capstan.core.run.RunHistory;
import dev.capstan.core.run.RunReaction;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;

final class RoundTripTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  static Set<String> states() {
    return RunFixtures.everyState().keySet();
  }

  @ParameterizedTest
  @MethodSource("states")
  void a_state_of_every_class_is_read_as_it_was_written(String name) {
    Run run = Objects.requireNonNull(RunFixtures.everyState().get(name));

    assertThat(StateCodec.read(StateCodec.write(run))).isEqualTo(run);
  }

  /** A guard on the guard above. */
  @Test
  void the_states_are_of_every_class() {
    Set<Class<?>> classes = new HashSet<>();
    RunFixtures.everyState().values().forEach(run -> classes.add(run.getClass()));

    assertThat(classes)
        .containsExactlyInAnyOrder(
            Run.Absent.class,
            Run.Pending.class,
            Run.Preparing.class,
            Run.Measuring.class,
            Run.Planned.class,
            Run.Working.class,
            Run.Delivering.class,
            Run.Paused.class,
            Run.Blocked.class,
            Run.Ended.class);
  }

  @Property(tries = 200)
  void whatever_happens_to_a_run_is_read_as_it_was_written(
      @ForAll @IntRange(min = 1, max = 8) int steps, @ForAll long seed) {
    Run run = new Run.Absent();
    for (RunEvent event : RunFixtures.randomHistory(steps, 60, seed)) {
      assertThat(EventCodec.read(EventCodec.name(event), EventCodec.write(event))).isEqualTo(event);
      run = RunHistory.evolve(run, event);
      assertThat(StateCodec.read(StateCodec.write(run))).isEqualTo(run);
      for (Effect effect : RunReaction.react(run, event, NOW)) {
        checkTask(effect, run);
      }
    }
  }

  private static void checkTask(Effect effect, Run run) {
    if (effect instanceof Effect.Enqueue(var task, _, _) && run instanceof Run.Known known) {
      assertThat(
              TaskCodec.read(
                  TaskCodec.name(task), TaskCodec.write(task), () -> known.brief().plan()))
          .isEqualTo(task);
    }
  }

  /**
   * Steps are carried out in the plan's order, so a map that forgot it would change what happens.
   */
  @Test
  void the_order_of_the_steps_survives() {
    List<RunEvent> history = RunFixtures.randomHistory(8, 0, 1);
    Run run = new Run.Absent();
    for (RunEvent event : history) {
      run = RunHistory.evolve(run, event);
    }
    String written = StateCodec.write(run);

    assertThat(StateCodec.write(StateCodec.read(written))).isEqualTo(written);
  }

  @Test
  void an_unknown_name_fails_loudly() {
    assertThatThrownBy(() -> EventCodec.read("run-started.v2", "{}"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("\"run-started.v2\"")
        .hasMessageContaining("newer Capstan");
    assertThatThrownBy(() -> TaskCodec.read("dance", "{}", () -> new Plan(List.of())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("\"dance\"");
  }

  @Test
  void a_property_too_many_or_too_few_fails_loudly() {
    assertThatThrownBy(() -> EventCodec.read("run-paused.v1", "{\"why\":\"x\",\"who\":\"y\"}"))
        .isInstanceOf(JacksonException.class)
        .hasMessageContaining("who");
    assertThatThrownBy(() -> EventCodec.read("run-paused.v1", "{}"))
        .isInstanceOf(JacksonException.class)
        .hasMessageContaining("why");
  }

  @Test
  void an_unknown_case_of_a_sealed_type_fails_loudly() {
    assertThatThrownBy(
            () -> EventCodec.read("run-completed.v2", "{\"outcome\":{\"type\":\"exploded\"}}"))
        .isInstanceOf(JacksonException.class)
        .hasMessageContaining("exploded");
  }
}
