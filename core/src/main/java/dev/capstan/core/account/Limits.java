package dev.capstan.core.account;

import dev.capstan.core.Amount;

/**
 * How much may be spent. A part of an amount (tokens, money) that is not to be limited gets a limit
 * that nobody reaches.
 *
 * @param soft spending at which work is asked to wrap up
 * @param hard what is reserved and spent never exceeds this when a reservation is made
 * @param verification the part of {@code hard} that work cannot use
 */
public record Limits(Amount soft, Amount hard, Amount verification) {
  public Limits {
    if (!soft.fitsIn(hard) || !verification.fitsIn(hard)) {
      throw new IllegalArgumentException(
          "the soft limit and the reserve for verification lie within the hard limit, but were "
              + soft
              + " and "
              + verification
              + " of "
              + hard);
    }
  }
}
