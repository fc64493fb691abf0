package dev.capstan.knowledge.index;

import dev.capstan.knowledge.parsing.Parsed.Symbol;

/** A symbol and the file that declares it. */
public record Declared(String path, String blob, String role, Symbol symbol) {
  /** Names the same lines for ever. */
  public String id() {
    return path + '@' + blob + "#L" + symbol.firstLine() + "-L" + symbol.lastLine();
  }
}
