package dev.capstan.api;

import java.util.Map;

/**
 * Creates a run that begins where another one was. Sending it again with the same {@code id}
 * changes nothing and answers the same.
 *
 * @param id of the new run, chosen by the sender
 * @param at after how many events of the other run; 0 is as it is now
 * @param before a step that is yet to begin, in place of {@code at}; "" for none
 * @param engines for each step named, which of its engines performs it first
 * @param start whether to start at once
 */
public record ForkRun(
    String id, long at, String before, Map<String, String> engines, boolean start) {
  public ForkRun {
    engines = Map.copyOf(engines);
  }
}
