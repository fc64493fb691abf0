package dev.capstan.verification.rendering;

import java.util.List;

/**
 * What a pull request says beside what the run did.
 *
 * @param reviewers who own what it changes, as CODEOWNERS names them; untrusted text
 * @param signed whether every commit of it bears a signature
 */
public record Handover(List<String> reviewers, boolean signed) {
  /** Nobody is asked, and nothing is signed. */
  public static final Handover PLAIN = new Handover(List.of(), false);

  public Handover {
    reviewers = List.copyOf(reviewers);
  }
}
