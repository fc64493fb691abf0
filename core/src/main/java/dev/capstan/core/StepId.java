package dev.capstan.core;

/** One step of a plan, unique within it; a slug, so it may name a folder or a git ref. */
public record StepId(String value) implements Comparable<StepId> {
  public StepId {
    Slugs.require("step id", value);
  }

  @Override
  public int compareTo(StepId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
