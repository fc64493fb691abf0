package dev.capstan.models.catalog;

import dev.capstan.core.Amount;
import dev.capstan.core.account.Limits;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The limits that accounts begin with, by what they are for. */
public record BudgetPlan(Map<Kind, Limits> limits) {
  /** What an account is for. */
  public enum Kind {
    STEP,
    RUN,
    /** A project in one month. */
    PROJECT,
    /** The installation in one month. */
    MONTH
  }

  /** So much that nobody reaches it. */
  private static final Amount UNLIMITED = new Amount(1_000_000_000_000L, 1_000_000_000_000L);

  public static final BudgetPlan NONE = new BudgetPlan(Map.of());

  public BudgetPlan {
    limits = Map.copyOf(limits);
  }

  /** Those of a kind; without one nothing is limited. */
  public Limits of(Kind kind) {
    return limits.getOrDefault(kind, new Limits(UNLIMITED, UNLIMITED, Amount.ZERO));
  }

  static BudgetPlan read(JsonNode node, Mistakes mistakes) {
    mistakes.known(
        "budgets.", node, "step", "run", "project", "month", "softPercent", "verificationPercent");
    long soft = percent(node, "softPercent", 80, mistakes);
    long verification = percent(node, "verificationPercent", 10, mistakes);
    Map<Kind, Limits> limits = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      String name = kind.name().toLowerCase(Locale.ROOT);
      if (node.has(name)) {
        Amount hard = amount("budgets." + name + '.', node.path(name), mistakes);
        limits.put(kind, new Limits(part(hard, soft), hard, part(hard, verification)));
      }
    }
    return new BudgetPlan(limits);
  }

  private static long percent(JsonNode node, String name, int otherwise, Mistakes mistakes) {
    JsonNode given = node.path(name);
    if (given.isMissingNode()) {
      return otherwise;
    }
    if (!given.isIntegralNumber() || given.asLong() < 0 || given.asLong() > 100) {
      mistakes.add("budgets." + name, "must be a whole number from 0 to 100");
      return otherwise;
    }
    return given.asLong();
  }

  private static Amount amount(String place, JsonNode node, Mistakes mistakes) {
    mistakes.known(place, node, "tokens", "dollars");
    long tokens = mistakes.number(place, node, "tokens", UNLIMITED.tokens());
    JsonNode dollars = node.path("dollars");
    if (!dollars.isMissingNode() && (!dollars.isNumber() || dollars.decimalValue().signum() < 0)) {
      mistakes.add(place + "dollars", "must be a number from 0");
      return UNLIMITED;
    }
    long money =
        dollars.isMissingNode()
            ? UNLIMITED.microDollars()
            : dollars
                .decimalValue()
                .movePointRight(6)
                .min(BigDecimal.valueOf(UNLIMITED.microDollars()))
                .longValue();
    return new Amount(Math.min(tokens, UNLIMITED.tokens()), money);
  }

  private static Amount part(Amount whole, long percent) {
    return new Amount(whole.tokens() / 100 * percent, whole.microDollars() / 100 * percent);
  }
}
