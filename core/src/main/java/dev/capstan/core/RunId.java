package dev.capstan.core;

/** One run; the value sorts by creation and is a slug, so it may name a folder or a git ref. */
public record RunId(String value) implements Comparable<RunId> {
  public RunId {
    Slugs.require("run id", value);
  }

  @Override
  public int compareTo(RunId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
