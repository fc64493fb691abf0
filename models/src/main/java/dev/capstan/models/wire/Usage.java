package dev.capstan.models.wire;

/**
 * The tokens that a provider says a call took, in one form for all protocols.
 *
 * @param input of the prompt, with those read from the provider's cache and written to it
 * @param cached of the input, those read from the provider's cache
 * @param written of the input, those written to the provider's cache
 * @param output those of reasoning included
 * @param reasoning of the output, where the protocol tells
 */
public record Usage(long input, long cached, long written, long output, long reasoning) {
  public Usage {
    if (input < 0 || cached < 0 || written < 0 || output < 0 || reasoning < 0) {
      throw new IllegalArgumentException("a number of tokens is never negative");
    }
  }

  public long total() {
    return input + output;
  }
}
