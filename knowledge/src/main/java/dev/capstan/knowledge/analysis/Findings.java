package dev.capstan.knowledge.analysis;

import java.util.ArrayList;
import java.util.List;

/**
 * What was found of a subject.
 *
 * @param subject as it was asked for, or "" for the whole tree
 * @param basis what it rests on
 * @param claims by rules first, then those of a model
 * @param leftOut how many more claims each rule had, in words; none if all are there
 * @param model that was asked; "" if none was
 * @param dropped what the model said and could not show
 */
public record Findings(
    String subject,
    Basis basis,
    List<Claim> claims,
    List<String> leftOut,
    String model,
    List<Dropped> dropped) {
  public Findings {
    claims = List.copyOf(claims);
    leftOut = List.copyOf(leftOut);
    dropped = List.copyOf(dropped);
  }

  static Findings byRules(String subject, Basis basis, List<Claim> claims, List<String> leftOut) {
    return new Findings(subject, basis, claims, leftOut, "", List.of());
  }

  /** The same with what a model has added. */
  public Findings with(String addedBy, Checked added) {
    List<Claim> all = new ArrayList<>(claims);
    all.addAll(added.held());
    return new Findings(subject, basis, all, leftOut, addedBy, added.dropped());
  }

  /**
   * What is known of the subject. What is not cannot speak against a claim.
   *
   * @param commit "" for a work tree
   * @param files of the subject
   * @param found of these, in which something can be found
   * @param calls of the subject's code
   * @param resolved of these, of which it is known what they call
   */
  public record Basis(String tree, String commit, int files, int found, int calls, int resolved) {
    /** In one sentence. */
    public String inWords() {
      return "Of %d files %d can be found, and of %d calls it is known what %d call."
          .formatted(files, found, calls, resolved);
    }
  }

  /** A claim that was not kept, and why. */
  public record Dropped(String text, String why) {}

  /** A model's claims after their citations were looked up. */
  public record Checked(List<Claim> held, List<Dropped> dropped) {
    public Checked {
      held = List.copyOf(held);
      dropped = List.copyOf(dropped);
    }
  }
}
