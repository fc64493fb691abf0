package dev.capstan.core;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * What work costs.
 *
 * @param tokens of language models
 * @param microDollars millionths of a US dollar
 */
public record Amount(long tokens, long microDollars) {
  public static final Amount ZERO = new Amount(0, 0);

  public Amount {
    if (tokens < 0 || microDollars < 0) {
      throw new IllegalArgumentException(
          "an amount is never negative: " + tokens + " tokens, " + microDollars + " micro-dollars");
    }
  }

  /** The sum. Throws {@link ArithmeticException} rather than wrap around. */
  public Amount plus(Amount other) {
    return new Amount(
        Math.addExact(tokens, other.tokens), Math.addExact(microDollars, other.microDollars));
  }

  /** The difference. Throws {@link IllegalArgumentException} if a part would be negative. */
  public Amount minus(Amount other) {
    return new Amount(tokens - other.tokens, microDollars - other.microDollars);
  }

  /** Of each part the smaller one. */
  public Amount least(Amount other) {
    return new Amount(Math.min(tokens, other.tokens), Math.min(microDollars, other.microDollars));
  }

  /** Such as "1,050 tokens". */
  public String inTokens() {
    return String.format(Locale.ROOT, "%,d tokens", tokens);
  }

  /** Such as "0.0021 dollars". */
  public String inDollars() {
    BigDecimal dollars = BigDecimal.valueOf(microDollars, 6).stripTrailingZeros();
    return dollars.setScale(Math.max(2, dollars.scale())).toPlainString() + " dollars";
  }

  /** True if neither part is larger than the limit's. */
  public boolean fitsIn(Amount limit) {
    return tokens <= limit.tokens && microDollars <= limit.microDollars;
  }
}
