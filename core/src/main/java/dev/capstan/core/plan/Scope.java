package dev.capstan.core.plan;

import java.util.List;

/**
 * The files a step may change, as globs relative to the repository's root: {@code *} stays within
 * one folder, a segment {@code **} is any number of folders, {@code ?} is one character. No globs
 * means every file.
 */
public record Scope(List<String> globs) {
  public static final Scope EVERYTHING = new Scope(List.of());

  public Scope {
    globs = List.copyOf(globs);
  }

  /** True if the path (with {@code /}, relative, normalised) may be changed. */
  public boolean allows(String path) {
    return globs.isEmpty() || globs.stream().anyMatch(glob -> Globs.matches(glob, path));
  }

  /** False only if it is certain that no path is in both scopes. */
  public boolean mayOverlap(Scope other) {
    return globs.isEmpty()
        || other.globs.isEmpty()
        || globs.stream()
            .anyMatch(
                mine -> other.globs.stream().anyMatch(theirs -> Globs.mayOverlap(mine, theirs)));
  }
}
