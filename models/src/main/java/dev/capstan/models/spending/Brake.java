package dev.capstan.models.spending;

import dev.capstan.core.Amount;
import dev.capstan.models.records.Asker;

/** The port to work whose budget comes to its end. */
public interface Brake {
  /**
   * Tells the asker's work that it is to wrap up. Does not wait until it has heard.
   *
   * @param left what it may still spend
   */
  void wrapUp(Asker asker, Amount left);

  /**
   * Stops the work of the asker's run with what it has made so far, until a person lets it go on.
   * Returns when it is decided, so that whatever the refusal makes an agent do no longer counts.
   *
   * @param why with the budget, and what a person can do
   */
  void park(Asker asker, String why);
}
