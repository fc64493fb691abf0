package dev.capstan.api;

import java.util.List;

/**
 * What was found of a part of a project.
 *
 * @param tree that it is from
 * @param commit of it; "" for a work tree
 * @param subject as it was asked for; "" for the whole tree
 * @param files of the subject
 * @param found of these, in which something can be found
 * @param calls of the subject's code
 * @param resolved of these, of which it is known what they call
 * @param claims by rules first, then those of a model whose citations hold
 * @param leftOut how many more claims each rule had, in words
 * @param model that was asked; "" if none was
 * @param dropped what the model said and could not show
 * @param prompt what the model was asked, or would be; nothing of it where none is
 * @param answerSha256 of what the model answered; "" if none did
 * @param text the claims in Markdown; "" for a dry run
 */
public record AnalysisView(
    String project,
    String tree,
    String commit,
    String subject,
    int files,
    int found,
    int calls,
    int resolved,
    List<Claim> claims,
    List<String> leftOut,
    String model,
    List<Dropped> dropped,
    Prompt prompt,
    String answerSha256,
    String text) {
  public AnalysisView {
    claims = List.copyOf(claims);
    leftOut = List.copyOf(leftOut);
    dropped = List.copyOf(dropped);
  }

  /**
   * Something that is said of the subject.
   *
   * @param kind agreement, gap or risk
   * @param rule what it was found by; {@code model} if a model said it
   * @param evidence ids of the pieces that show it, {@code path@blob#Lx-Ly}
   */
  public record Claim(String kind, String rule, String text, List<String> evidence) {
    public Claim {
      evidence = List.copyOf(evidence);
    }
  }

  /** A claim of a model that was not kept, and why. */
  public record Dropped(String text, String why) {}

  /**
   * What a model is asked.
   *
   * @param label name, version and SHA-256 of its template; "" if no model is asked
   * @param rules of the conversation
   * @param text of the one message, byte for byte as it is sent
   * @param sha256 of the text in UTF-8
   */
  public record Prompt(String label, String rules, String text, String sha256) {
    public static final Prompt NONE = new Prompt("", "", "", "");
  }
}
