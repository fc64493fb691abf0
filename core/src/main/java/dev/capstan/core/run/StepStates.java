package dev.capstan.core.run;

import dev.capstan.core.StepId;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
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
 * and those made from it, so one with another state costs the copy of an array: a run of a thousand
 * steps has thousands of events.
 */
final class StepStates extends AbstractMap<StepId, StepState>
    implements SequencedMap<StepId, StepState> {
  private final StepId[] order;
  private final Map<StepId, Integer> places;
  private final StepState[] states;

  private StepStates(StepId[] order, Map<StepId, Integer> places, StepState[] states) {
    this.order = order;
    this.places = places;
    this.states = states;
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
    return new StepStates(order, places, steps.values().toArray(StepState[]::new));
  }

  /** The same but for one step. Throws {@link IllegalArgumentException} if it is not there. */
  StepStates with(StepId step, StepState state) {
    Integer place = places.get(step);
    if (place == null) {
      throw new IllegalArgumentException("the run has no step " + step);
    }
    StepState[] changed = states.clone();
    changed[place] = state;
    return new StepStates(order, places, changed);
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
