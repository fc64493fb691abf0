package dev.capstan.knowledge.analysis;

import java.util.List;
import java.util.Locale;

/**
 * Something that is said of a subject.
 *
 * @param rule what it was found by; {@link #OF_A_MODEL} if a model said it
 * @param evidence ids of the pieces that show it, {@code path@blob#Lx-Ly}; never none
 */
public record Claim(Kind kind, String rule, String text, List<String> evidence) {
  /** What a model said, and its citations hold. */
  public static final String OF_A_MODEL = "model";

  public Claim {
    evidence = List.copyOf(evidence);
  }

  /** What it means for whoever works on the subject. */
  public enum Kind {
    /** What is written, what is there and what is tested fit together. */
    AGREEMENT,
    /** Something is missing. */
    GAP,
    /** A change here may go wrong. */
    RISK;

    /** As users read it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
