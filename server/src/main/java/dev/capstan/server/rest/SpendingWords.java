package dev.capstan.server.rest;

import dev.capstan.models.records.ModelCallQueries.Spent;

/** What language models took, for people. */
final class SpendingWords {
  private SpendingWords() {}

  /** Empty if none was asked. */
  static String of(Spent spent) {
    if (spent.calls() + spent.answeredAgain() == 0) {
      return "";
    }
    return "%d calls, %,d tokens in (%d %% read from the provider's cache), %,d out, %s%s."
        .formatted(
            spent.calls(),
            spent.input(),
            spent.input() == 0 ? 0 : 100 * spent.cached() / spent.input(),
            spent.output(),
            cost(spent),
            again(spent));
  }

  private static String cost(Spent spent) {
    String known = Dollars.of(spent.microDollars()) + " dollars";
    if (spent.unpriced() == 0) {
      return known;
    }
    return spent.unpriced() == spent.calls()
        ? "cost unknown"
        : known + " and " + spent.unpriced() + " calls of unknown cost";
  }

  private static String again(Spent spent) {
    int all = spent.calls() + spent.answeredAgain();
    return spent.answeredAgain() == 0
        ? ""
        : "; %d of %d answers were known already (%d %%), which spared %,d tokens"
            .formatted(
                spent.answeredAgain(), all, 100 * spent.answeredAgain() / all, spent.saved());
  }
}
