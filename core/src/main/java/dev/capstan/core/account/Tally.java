package dev.capstan.core.account;

import dev.capstan.core.Amount;

/**
 * Sums over the entries of one purpose.
 *
 * @param measured known costs
 * @param assumed what was reserved for the costs that are unknown; it stays counted
 * @param reserved what may still be spent
 * @param unknown how many costs are unknown
 */
public record Tally(Amount measured, Amount assumed, Amount reserved, int unknown) {
  static final Tally EMPTY = new Tally(Amount.ZERO, Amount.ZERO, Amount.ZERO, 0);

  static Tally of(Entry entry) {
    return switch (entry) {
      case Entry.Reserved(_, var amount) -> new Tally(Amount.ZERO, Amount.ZERO, amount, 0);
      case Entry.Settled(_, _, Cost.Known(var cost)) ->
          new Tally(cost, Amount.ZERO, Amount.ZERO, 0);
      case Entry.Settled(_, var amount, Cost.Unknown _) ->
          new Tally(Amount.ZERO, amount, Amount.ZERO, 1);
      case Entry.Released _ -> EMPTY;
    };
  }

  /** Known costs, and for the unknown ones what was reserved. */
  public Amount spent() {
    return measured.plus(assumed);
  }

  /** What is spent or may still be. */
  public Amount committed() {
    return spent().plus(reserved);
  }

  Tally plus(Tally other) {
    return new Tally(
        measured.plus(other.measured),
        assumed.plus(other.assumed),
        reserved.plus(other.reserved),
        unknown + other.unknown);
  }

  Tally minus(Tally other) {
    return new Tally(
        measured.minus(other.measured),
        assumed.minus(other.assumed),
        reserved.minus(other.reserved),
        unknown - other.unknown);
  }
}
