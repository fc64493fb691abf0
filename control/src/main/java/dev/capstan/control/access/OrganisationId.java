package dev.capstan.control.access;

import dev.capstan.core.Slugs;

/** Whose something is; the value is a slug of {@code [a-z0-9._-]}. */
public record OrganisationId(String value) {
  /** The one that is there from the beginning. */
  public static final OrganisationId DEFAULT = new OrganisationId("default");

  public OrganisationId {
    if (!Slugs.isSlug(value)) {
      throw new IllegalArgumentException(
          "an organisation's name is 1 to 100 of a-z, 0-9, '.', '_' or '-', starting with a letter"
              + " or digit, but was \""
              + value
              + '"');
    }
  }

  public boolean isDefault() {
    return equals(DEFAULT);
  }

  @Override
  public String toString() {
    return value;
  }
}
