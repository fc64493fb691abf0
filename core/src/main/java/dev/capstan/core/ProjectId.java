package dev.capstan.core;

/** A registered repository; the value is a slug of {@code [a-z0-9._-]}, so it may name a folder. */
public record ProjectId(String value) implements Comparable<ProjectId> {
  public ProjectId {
    Slugs.require("project id", value);
  }

  @Override
  public int compareTo(ProjectId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
