package dev.capstan.core.plan;

import java.time.Duration;

/** How long something may take. */
public sealed interface Patience {
  /** No limit. */
  record Unlimited() implements Patience {}

  /** At most this long. */
  record AtMost(Duration limit) implements Patience {
    public AtMost {
      if (!limit.isPositive()) {
        throw new IllegalArgumentException("a time limit is positive, but was " + limit);
      }
    }
  }
}
