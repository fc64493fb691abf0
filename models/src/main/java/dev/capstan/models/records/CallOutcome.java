package dev.capstan.models.records;

import java.util.Locale;

/** How a call ended. */
public enum CallOutcome {
  /** The whole answer was passed on. */
  ANSWERED,
  /** Whoever asked went away, or was cut off. */
  CUT,
  /** The provider's answer broke off after it had begun. */
  BROKEN,
  /** No provider answered. */
  FAILED,
  /** The provider did not accept the request. */
  REJECTED,
  /** It was not sent: no such model, no budget, no room. */
  REFUSED;

  /** As people and the database have it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static CallOutcome of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
