package dev.capstan.knowledge.analysis;

import java.util.List;

/** Something that a model says of a subject, and what it says shows it; none of it is believed. */
public record CitedClaim(Claim.Kind kind, String text, List<Citation> citations) {
  public CitedClaim {
    citations = List.copyOf(citations);
  }

  /**
   * A place, and what is said to stand there.
   *
   * @param first line, from 1
   * @param last line, itself included
   */
  public record Citation(String path, int first, int last, String quote) {}
}
