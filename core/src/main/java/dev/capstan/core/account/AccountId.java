package dev.capstan.core.account;

import dev.capstan.core.Slugs;

/** One account, for example that of a project in one month; a slug. */
public record AccountId(String value) {
  public AccountId {
    if (!Slugs.isSlug(value)) {
      throw new IllegalArgumentException("not an account id: \"" + value + '"');
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
