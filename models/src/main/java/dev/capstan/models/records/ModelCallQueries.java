package dev.capstan.models.records;

import dev.capstan.core.RunId;
import java.util.List;

/** The port to what is known of calls. */
public interface ModelCallQueries {
  /** Those of a run, oldest first. */
  List<ModelCall> of(RunId run);

  /** What those of a run took. */
  Spent spentBy(RunId run);

  /**
   * What calls took, together.
   *
   * @param calls that were sent
   * @param unmetered of which the provider did not say what they took
   * @param microDollars what is known of the cost
   * @param unpriced whose cost nobody knows
   */
  record Spent(
      int calls,
      long input,
      long cached,
      long output,
      int unmetered,
      long microDollars,
      int unpriced) {}
}
