package dev.capstan.testkit.model;

/**
 * The tokens that an answer says it took. Each protocol has its own way to say so.
 *
 * @param input of the prompt, those read from a cache included
 * @param cached of the input, those read from a cache
 * @param output those of reasoning included
 * @param reasoning of the output; Anthropic's protocol does not tell them apart
 */
public record Usage(long input, long cached, long output, long reasoning) {
  public static final Usage NONE = new Usage(0, 0, 0, 0);

  public Usage {
    if (cached < 0 || cached > input || reasoning < 0 || reasoning > output) {
      throw new IllegalArgumentException(
          "cached tokens are part of the input and reasoning is part of the output, but these were "
              + cached
              + " of "
              + input
              + " and "
              + reasoning
              + " of "
              + output);
    }
  }

  public Usage plus(Usage other) {
    return new Usage(
        input + other.input,
        cached + other.cached,
        output + other.output,
        reasoning + other.reasoning);
  }
}
