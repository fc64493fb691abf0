package dev.capstan.knowledge.resolving;

import dev.capstan.knowledge.parsing.Parsed.Symbol;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the symbol that a line of a file stands in. */
final class Callers {
  private final List<Symbol> symbols;
  private final Map<String, Integer> firstOf = new HashMap<>();

  Callers(List<Symbol> symbols) {
    this.symbols = symbols;
    for (int i = symbols.size() - 1; i >= 0; i--) {
      firstOf.put(symbols.get(i).qualifiedName(), i);
    }
  }

  /** Of several of the same name the one that has the line; the file if there is none. */
  int symbol(String qualifiedName, int line) {
    int first = firstOf.getOrDefault(qualifiedName, Target.FILE);
    for (int i = Math.max(first, 0); first >= 0 && i < symbols.size(); i++) {
      Symbol symbol = symbols.get(i);
      boolean holds = symbol.firstLine() <= line && line <= symbol.lastLine();
      if (holds && symbol.qualifiedName().equals(qualifiedName)) {
        return i;
      }
    }
    return first;
  }
}
