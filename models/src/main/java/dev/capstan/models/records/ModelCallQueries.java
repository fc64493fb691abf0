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
   * @param calls that were sent to a provider
   * @param unmetered of which the provider did not say what they took
   * @param microDollars what is known of the cost
   * @param unpriced whose cost nobody knows
   * @param answeredAgain calls that an answer from before, or to somebody else, was good for
   * @param saved tokens that those answers took when they were given
   */
  record Spent(
      int calls,
      long input,
      long cached,
      long output,
      int unmetered,
      long microDollars,
      int unpriced,
      int answeredAgain,
      long saved) {}
}
