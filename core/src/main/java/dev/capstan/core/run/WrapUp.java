package dev.capstan.core.run;

/**
 * What Capstan itself tells the work of a step, as an instruction, once a soft limit is reached.
 */
public final class WrapUp {
  public static final String TEXT =
      "[Capstan] The budget of this work is nearly spent. Finish what you are doing in as few steps"
          + " as you can, leave the work in a sound state, and stop.";

  private WrapUp() {}

  /** Told to each attempt afresh: the same words are told once. */
  public static String toAttempt(int number) {
    return TEXT + " (Told to attempt " + number + ".)";
  }

  public static boolean is(String instruction) {
    return instruction.startsWith(TEXT);
  }
}
