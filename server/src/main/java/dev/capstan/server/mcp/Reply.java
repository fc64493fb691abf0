package dev.capstan.server.mcp;

import dev.capstan.knowledge.pack.Tokens;

/** An answer within a budget of tokens. What does not fit is left out, and the answer says so. */
final class Reply {
  static final String MAX_TOKENS = "max_tokens";

  private static final int FEWEST = 200;
  private static final int MOST = 50_000;

  /** What the last line, which says that something was left out, takes at most. */
  private static final int LAST_LINE = 60;

  private final StringBuilder text = new StringBuilder();
  private final int most;
  private int left;
  private int leftOut;

  Reply(int wanted) {
    this.most = Math.clamp(wanted, FEWEST, MOST);
    this.left = most - LAST_LINE;
  }

  /** Adds a part and an end of line, or counts it as left out; later parts may be smaller. */
  Reply add(String part) {
    int cost = cost(part);
    if (cost <= left) {
      text.append(part).append('\n');
      left -= cost;
    } else {
      leftOut++;
    }
    return this;
  }

  /** Adds as many of its lines as fit; each of the others counts as left out. */
  Reply addLines(String lines) {
    boolean full = false;
    for (String line : lines.lines().toList()) {
      full |= cost(line) > left;
      if (full) {
        leftOut++;
      } else {
        add(line);
      }
    }
    return this;
  }

  /** As parts cost together at most what they cost one by one, the whole fits. */
  private static int cost(String part) {
    return Tokens.count(part) + 1;
  }

  String text() {
    String rest =
        leftOut == 0
            ? ""
            : "[cut at %d tokens: %d more parts or lines do not fit; ask with a larger %s, or for less]\n"
                .formatted(most, leftOut, MAX_TOKENS);
    return text + rest;
  }
}
