package dev.capstan.verification;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Cases that pass and fail on one and the same commit, in the order of their ids. What such a case
 * says now is no evidence.
 *
 * @param known flaky before the change
 * @param brought steady or unknown before, flaky with the change
 * @param steady how many other cases were executed
 */
record Flakiness(List<String> known, List<String> brought, long steady) {
  static Flakiness of(Measurement base, Measurement after, Optional<Measurement> baseAgain) {
    Set<String> known = new HashSet<>(base.flaky());
    baseAgain.ifPresent(again -> known.addAll(base.unsteady(again)));
    List<String> brought = after.flaky().stream().filter(id -> !known.contains(id)).toList();
    long steady =
        after.tests().stream()
            .filter(test -> test.executed() && !known.contains(test.id()))
            .count();
    return new Flakiness(known.stream().sorted().toList(), brought, steady);
  }

  boolean isBrought() {
    return !brought.isEmpty();
  }
}
