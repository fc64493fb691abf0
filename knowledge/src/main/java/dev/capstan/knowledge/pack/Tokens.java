package dev.capstan.knowledge.pack;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/** Counts tokens as current models of OpenAI do; those of others differ by some per cent. */
public final class Tokens {
  private static final Encoding ENCODING =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

  private Tokens() {}

  /** What looks like a mark of the model's own is counted as plain text. */
  public static int count(String text) {
    return ENCODING.countTokensOrdinary(text);
  }
}
