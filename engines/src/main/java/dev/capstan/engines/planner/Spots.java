package dev.capstan.engines.planner;

import java.util.List;

/**
 * What was found of a kind.
 *
 * @param spots one for each file
 * @param notes sentences about what is not among them, or why there are none
 */
public record Spots(List<Spot> spots, List<String> notes) {
  /** So many files at once are as many as a person reads. */
  public static final int MOST = 10;

  static final Spots NONE = new Spots(List.of(), List.of());

  public Spots {
    spots = List.copyOf(spots);
    notes = List.copyOf(notes);
  }

  /** None, and why. */
  public static Spots none(String why) {
    return new Spots(List.of(), List.of(why));
  }
}
