package dev.capstan.models.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Prices by the names that providers have for models.
 *
 * @param version told with every cost that came from it
 */
public record PriceTable(String version, Map<String, Price> prices) {
  public PriceTable {
    prices = Map.copyOf(prices);
  }

  /** The one that comes with Capstan. */
  public static PriceTable bundled() {
    try (InputStream in =
        Objects.requireNonNull(PriceTable.class.getResourceAsStream("prices.yaml"))) {
      Mistakes mistakes = new Mistakes("prices.yaml");
      PriceTable table =
          PriceTables.read(new String(in.readAllBytes(), StandardCharsets.UTF_8), mistakes);
      mistakes.throwIfAny();
      return table;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  Optional<Price> of(String model) {
    return Optional.ofNullable(prices.get(model));
  }

  /** The other one's prices go before. */
  PriceTable with(PriceTable other) {
    Map<String, Price> all = new HashMap<>(prices);
    all.putAll(other.prices);
    return new PriceTable(version + " and " + other.version, all);
  }
}
