package dev.capstan.core.run;

import dev.capstan.core.Amount;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Capstan itself tells the work of a step, as an instruction, once a soft limit is reached.
 */
public final class WrapUp {
  public static final String TEXT =
      "[Capstan] The budget of this work is nearly spent. Finish what you are doing in as few steps"
          + " as you can, leave the work in a sound state, and stop.";

  private static final long NOT_LIMITED = 500_000_000_000L;

  private WrapUp() {}

  /**
   * Told to each attempt afresh: the same words are told once.
   *
   * @param left what it may still spend; a part that nobody could spend is not limited
   */
  public static String toAttempt(int number, Amount left) {
    String rest =
        Stream.of(
                left.tokens() < NOT_LIMITED ? left.inTokens() : "",
                left.microDollars() < NOT_LIMITED ? left.inDollars() : "")
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" and "));
    return TEXT
        + (rest.isEmpty() ? "" : " What is left: " + rest + '.')
        + " (Told to attempt "
        + number
        + ".)";
  }

  public static boolean is(String instruction) {
    return instruction.startsWith(TEXT);
  }
}
