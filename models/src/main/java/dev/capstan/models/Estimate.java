package dev.capstan.models;

import dev.capstan.core.Amount;
import dev.capstan.models.catalog.Model;
import dev.capstan.models.wire.Question;
import dev.capstan.models.wire.Usage;

/** What a call may take at most, roughly, before it is made. */
final class Estimate {
  /** Of English and code a token has some four; of other texts less. */
  private static final int CHARACTERS_PER_TOKEN = 3;

  private static final long USUAL_OUTPUT = 8_192;

  private Estimate() {}

  static Amount of(Question question, Model model, String body) {
    long input = Math.min(model.context(), (long) body.length() / CHARACTERS_PER_TOKEN + 1);
    long output =
        Math.min(
            model.context(),
            Math.max(1, question.wire().mostOutput(question.body(), USUAL_OUTPUT)));
    Usage most = new Usage(input, 0, 0, output, 0);
    return new Amount(most.total(), model.price().map(price -> price.of(most)).orElse(0L));
  }
}
