package dev.capstan.api;

/**
 * What may be spent and what was, of a step, a run, or a project or the installation in one month.
 *
 * @param account such as run-ID, project-NAME-2026-11 or month-2026-11
 * @param state open, low once the soft limit is reached, or shut once the hard one is
 * @param spent what is measured; where {@code unknown} is not 0, what was reserved for those counts
 * @param reserved for calls under way
 * @param unknown calls whose cost nobody knows
 */
public record BudgetView(
    String account,
    String state,
    Money soft,
    Money hard,
    Money verification,
    Money spent,
    Money reserved,
    int unknown) {
  /** Tokens and US dollars. */
  public record Money(long tokens, String dollars) {}
}
