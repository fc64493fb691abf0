package dev.capstan.api;

import java.util.List;
import java.util.Map;

/**
 * Something that happened elsewhere.
 *
 * @param id chosen by the sender; an event is taken in once
 * @param type words with dots, for example {@code library.released}
 */
public record IntakeEvent(String id, String type, Map<String, String> payload) {
  public IntakeEvent {
    payload = Map.copyOf(payload);
  }

  /**
   * What came of it.
   *
   * @param taken false if an event of that id was there before
   * @param runs that were asked for
   * @param notes why a trigger that listens to it asked for nothing
   */
  public record Answer(boolean taken, List<String> runs, List<String> notes) {
    public Answer {
      runs = List.copyOf(runs);
      notes = List.copyOf(notes);
    }
  }
}
