package dev.capstan.control.cluster;

import java.time.Duration;

/**
 * What one server of an installation does now and then for all.
 *
 * @param name by which all servers know it
 * @param about in words
 * @param every how long after one time the next begins
 */
public record Duty(String name, String about, Duration every, Work work) {
  /** May be done again from the start if whoever did it died. */
  @FunctionalInterface
  public interface Work {
    /** Says in words what came of it. */
    String perform() throws InterruptedException;
  }
}
