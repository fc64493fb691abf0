package dev.capstan.models.spending;

import dev.capstan.models.records.Asker;

/** The port to runs that a budget has no room for. */
public interface Parking {
  /**
   * Stops the work of the asker's run with what it has made so far, until a person lets it go on.
   * Returns when it is decided, so that whatever the refusal makes an agent do no longer counts.
   *
   * @param why with the budget, and what a person can do
   */
  void park(Asker asker, String why);
}
