package dev.capstan.engines.prompt;

import dev.capstan.core.Sha256;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Texts of others between marks that none of them can hold, as the marks depend on all of them: so
 * no text can end its own fence and go on as if it were ours.
 */
public final class DataFence {
  private static final int MARK = 16;

  private final Map<String, String> texts;
  private final String mark;

  /** {@code texts} by where each is from. */
  public DataFence(Map<String, String> texts) {
    this.texts = texts;
    this.mark = Sha256.hex(texts.toString()).substring(0, MARK);
  }

  /** All of them, each cut to that many characters. */
  public String text(int longest) {
    if (texts.isEmpty()) {
      return "none";
    }
    StringJoiner all = new StringJoiner("\n");
    texts.forEach((from, text) -> {
      all.add("<data-" + mark + " from=\"" + from.replaceAll("[\"\\p{Cntrl}]", "?") + "\">");
      all.add(text.length() > longest ? text.substring(0, longest) + "…" : text);
      all.add("</data-" + mark + ">");
    });
    return all.toString();
  }
}
