package dev.capstan.core.run;

import dev.capstan.core.StepId;
import dev.capstan.core.run.StepState.Status;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The state of each step, in the plan's order; it never changes. The order is shared between a map
 * and those made from it, so one with another state costs the copy of an array; and which steps
 * have which status is kept beside them, so nobody has to look at all: a run of a thousand steps
 * has thousands of events, and each asks what may start next.
 */
final class StepStates extends AbstractMap<StepId, StepState>
    implements SequencedMap<StepId, StepState> {
  private static final BitSet NONE = new BitSet();

  private final StepId[] order;
  private final Map<StepId, Integer> places;
  private final StepState[] states;
  private final Map<Status, BitSet> byStatus;

  private StepStates(
      StepId[] order,
      Map<StepId, Integer> places,
      StepState[] states,
      Map<Status, BitSet> byStatus) {
    this.order = order;
    this.places = places;
    this.states = states;
    this.byStatus = byStatus;
  }

  static StepStates of(SequencedMap<StepId, StepState> steps) {
    if (steps instanceof StepStates already) {
      return already;
    }
    StepId[] order = steps.keySet().toArray(StepId[]::new);
    Map<StepId, Integer> places = new HashMap<>();
    for (int i = 0; i < order.length; i++) {
      places.put(order[i], i);
    }
    StepState[] states = steps.values().toArray(StepState[]::new);
    Map<Status, BitSet> byStatus = new EnumMap<>(Status.class);
    for (int i = 0; i < states.length; i++) {
      byStatus.computeIfAbsent(states[i].status(), _ -> new BitSet()).set(i);
    }
    return new StepStates(order, places, states, byStatus);
  }

  /** The same but for one step. Throws {@link IllegalArgumentException} if it is not there. */
  StepStates with(StepId step, StepState state) {
    int place = place(step);
    StepState[] changed = states.clone();
    changed[place] = state;
    Status before = states[place].status();
    if (before == state.status()) {
      return new StepStates(order, places, changed, byStatus);
    }
    Map<Status, BitSet> moved = new EnumMap<>(byStatus);
    moved.put(before, with(byStatus.get(before), place, false));
    moved.put(state.status(), with(byStatus.get(state.status()), place, true));
    return new StepStates(order, places, changed, moved);
  }

  private static BitSet with(@Nullable BitSet places, int place, boolean present) {
    BitSet changed = places == null ? new BitSet() : (BitSet) places.clone();
    changed.set(place, present);
    return changed;
  }

  /** The places in the plan of the steps that have one of these statuses, in order. */
  IntStream places(Status... statuses) {
    BitSet found = new BitSet();
    for (Status status : statuses) {
      found.or(byStatus.getOrDefault(status, NONE));
    }
    return found.stream();
  }

  StepId step(int place) {
    return order[place];
  }

  StepState state(int place) {
    return states[place];
  }

  /** Where the step stands in the plan. Throws {@link IllegalArgumentException} if nowhere. */
  int place(StepId step) {
    Integer place = places.get(step);
    if (place == null) {
      throw new IllegalArgumentException("the run has no step " + step);
    }
    return place;
  }

  @Override
  public @Nullable StepState get(@Nullable Object step) {
    Integer place = places.get(step);
    return place == null ? null : states[place];
  }

  @Override
  public boolean containsKey(@Nullable Object step) {
    return places.containsKey(step);
  }

  @Override
  public Set<Entry<StepId, StepState>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<StepId, StepState>> iterator() {
        return IntStream.range(0, order.length)
            .<Entry<StepId, StepState>>mapToObj(i -> Map.entry(order[i], states[i]))
            .iterator();
      }

      @Override
      public int size() {
        return order.length;
      }
    };
  }

  @Override
  public Collection<StepState> values() {
    return Collections.unmodifiableList(Arrays.asList(states));
  }

  @Override
  public SequencedMap<StepId, StepState> reversed() {
    return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(this).reversed());
  }
}
