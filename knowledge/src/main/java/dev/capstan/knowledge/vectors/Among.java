package dev.capstan.knowledge.vectors;

import java.util.HashSet;
import java.util.Set;

/** Which units a search is among; part of the query, so that the rarest hit is found. */
public sealed interface Among {
  /** Those. */
  record Only(Set<String> units) implements Among {
    public Only {
      units = Set.copyOf(units);
    }
  }

  /** All that the store has but those; all if there are none. */
  record Except(Set<String> units) implements Among {
    public Except {
      units = Set.copyOf(units);
    }
  }

  /** Says it with the fewer names. */
  static Among of(Set<String> all, Set<String> wanted) {
    Set<String> others = new HashSet<>(all);
    others.removeAll(wanted);
    if (others.size() <= all.size() - others.size()) {
      return new Except(others);
    }
    Set<String> some = new HashSet<>(all);
    some.removeAll(others);
    return new Only(some);
  }

  /** True if nothing can be found. */
  default boolean isNothing() {
    return this instanceof Only(var units) && units.isEmpty();
  }
}
