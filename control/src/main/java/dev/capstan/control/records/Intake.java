package dev.capstan.control.records;

import dev.capstan.control.records.Wishes.Wish;
import java.util.List;

/** Events from outside. */
public interface Intake {
  /**
   * Takes in an event and what it makes somebody ask for, or nothing of either.
   *
   * @param payload as it came
   * @return false if an event of that id was taken in before
   */
  boolean take(String id, String type, String payload, List<Wish> wishes);
}
