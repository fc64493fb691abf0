package dev.capstan.models.records;

import java.util.Locale;

/** Where an answer came from. */
public enum Origin {
  PROVIDER,
  /** It was kept from a call before. */
  CACHE,
  /** Somebody else was asking the same. */
  JOINED,
  /** It was recorded, and no provider is asked at all. */
  RECORDING;

  /** As people and the database have it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Origin of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** True if the call took tokens, and cost money. */
  public boolean isPaid() {
    return this == PROVIDER;
  }
}
