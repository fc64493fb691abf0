package dev.capstan.server.rest;

import java.math.BigDecimal;
import java.util.Optional;

/** Money as people write it. */
final class Dollars {
  private static final int MICRO_DIGITS = 6;

  private Dollars() {}

  /** Such as 0.0021. */
  static String of(long microDollars) {
    BigDecimal dollars = BigDecimal.valueOf(microDollars, MICRO_DIGITS).stripTrailingZeros();
    return dollars.scale() < 2 ? dollars.setScale(2).toPlainString() : dollars.toPlainString();
  }

  /** In micro-dollars; empty if that is no amount of money. */
  static Optional<Long> parse(String dollars) {
    return dollars.matches("\\d{1,9}([.]\\d{1,6})?")
        ? Optional.of(new BigDecimal(dollars).movePointRight(MICRO_DIGITS).longValueExact())
        : Optional.empty();
  }
}
