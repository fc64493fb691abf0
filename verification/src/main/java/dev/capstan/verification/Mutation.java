package dev.capstan.verification;

/**
 * What mutation testing was asked about a change, and its answers.
 *
 * @param before of the commit that the change was made from; of nothing where none of the classes
 *     was there
 * @param now of the change
 */
public record Mutation(MutationQuestion question, MutationRun before, MutationRun now) {

  /** Nothing was asked. */
  public static Mutation notAsked(String reason) {
    return unanswered(new MutationQuestion.NotAsked(reason), reason);
  }

  /** There is no answer. */
  public static Mutation unanswered(MutationQuestion question, String reason) {
    MutationRun none = new MutationRun.NotMeasured(reason);
    return new Mutation(question, none, none);
  }
}
