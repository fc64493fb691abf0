package dev.capstan.control.dispatch;

import dev.capstan.control.Capabilities;

/**
 * A worker as it introduces itself.
 *
 * @param name what people call it
 * @param instance of its process, so that one that comes back is known
 * @param capacity tasks side by side
 */
public record Profile(
    String name, String instance, String version, int capacity, Capabilities capabilities) {
  public Profile {
    if (capacity < 1) {
      throw new IllegalArgumentException("a worker does at least one task at a time");
    }
  }
}
