package dev.capstan.models.catalog;

import dev.capstan.models.wire.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What tokens cost, in US dollars for a million of them, which is micro-dollars for each.
 *
 * @param cached of the input, read from the provider's cache
 * @param written of the input, written to the provider's cache
 */
public record Price(BigDecimal input, BigDecimal cached, BigDecimal written, BigDecimal output) {
  /** In micro-dollars, rounded up. */
  public long of(Usage usage) {
    long plain = Math.max(0, usage.input() - usage.cached() - usage.written());
    return input
        .multiply(BigDecimal.valueOf(plain))
        .add(cached.multiply(BigDecimal.valueOf(usage.cached())))
        .add(written.multiply(BigDecimal.valueOf(usage.written())))
        .add(output.multiply(BigDecimal.valueOf(usage.output())))
        .setScale(0, RoundingMode.CEILING)
        .longValueExact();
  }
}
