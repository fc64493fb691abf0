package dev.capstan.knowledge.analysis;

import java.util.List;

/**
 * What was found of a subject.
 *
 * @param subject a file, a folder, or "" for the whole tree
 * @param basis what it rests on
 * @param claims in the order of their kinds, then by rule and place
 * @param leftOut how many more claims each rule had, in words; none if all are there
 */
public record Findings(String subject, Basis basis, List<Claim> claims, List<String> leftOut) {
  public Findings {
    claims = List.copyOf(claims);
    leftOut = List.copyOf(leftOut);
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
}
