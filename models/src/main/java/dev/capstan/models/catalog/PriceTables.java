package dev.capstan.models.catalog;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads tables of prices. */
final class PriceTables {
  private PriceTables() {}

  static PriceTable read(String text, Mistakes mistakes) {
    JsonNode root = mistakes.read(text);
    mistakes.known("", root, "version", "prices");
    Map<String, Price> prices = new HashMap<>();
    JsonNode given = root.path("prices");
    for (String model : given.propertyNames()) {
      prices.put(model, price("prices." + model, given.path(model), mistakes));
    }
    return new PriceTable(mistakes.text("", root, "version").orElse("without a version"), prices);
  }

  static Price price(String place, JsonNode node, Mistakes mistakes) {
    mistakes.known(place + '.', node, "input", "cached", "written", "output");
    BigDecimal input = dollars(place, node, "input", mistakes);
    return new Price(
        input,
        node.has("cached") ? dollars(place, node, "cached", mistakes) : input,
        node.has("written") ? dollars(place, node, "written", mistakes) : input,
        dollars(place, node, "output", mistakes));
  }

  private static BigDecimal dollars(String place, JsonNode node, String name, Mistakes mistakes) {
    JsonNode number = node.path(name);
    if (number.isNumber() && number.decimalValue().signum() >= 0) {
      return number.decimalValue();
    }
    mistakes.add(place + '.' + name, "must be US dollars for a million tokens, from 0");
    return BigDecimal.ZERO;
  }
}
