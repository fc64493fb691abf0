package dev.capstan.verification.rendering;

import java.util.List;

/**
 * What a pull request says beside what the run did.
 *
 * @param reviewers who own what it changes, as CODEOWNERS names them; untrusted text
 * @param signed whether every commit of it bears a signature
 * @param number its place in the stack, from 1
 * @param stack the parts that the run is delivered in, the first to be merged first; one for a run
 *     that is delivered as a whole
 * @param limit changed lines that a part may have; 0 for no limit
 */
public record Handover(
    List<String> reviewers, boolean signed, int number, List<Part> stack, int limit) {
  /** Nobody is asked, nothing is signed, and it is the whole. */
  public static final Handover PLAIN = new Handover(List.of(), false, 1, List.of(), 0);

  /** A branch of the stack; {@code lines} are those it adds and deletes. */
  public record Part(String branch, int commits, int lines) {}

  public Handover {
    reviewers = List.copyOf(reviewers);
    stack = List.copyOf(stack);
  }

  boolean isStack() {
    return stack.size() > 1;
  }
}
