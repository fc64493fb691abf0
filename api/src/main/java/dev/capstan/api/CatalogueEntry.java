package dev.capstan.api;

import java.util.List;

/**
 * Something that can be planned by rules.
 *
 * @param builds names of the toolchains it works with; none for any
 */
public record CatalogueEntry(String id, String title, List<String> builds, String reason) {
  public CatalogueEntry {
    builds = List.copyOf(builds);
  }
}
