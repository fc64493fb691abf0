package dev.capstan.knowledge.parsing;

import dev.capstan.knowledge.FileState.Lines;
import dev.capstan.knowledge.parsing.Parsed.Chunk;
import dev.capstan.knowledge.parsing.Parsed.Symbol;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/** Heads each piece with the names in it, as in {@code Class method}: that is what people ask. */
final class Headers {
  private static final int MOST_NAMES = 12;

  private Headers() {}

  static List<Chunk> over(List<Lines> pieces, List<Symbol> symbols) {
    return pieces.stream()
        .map(piece -> new Chunk(piece.first(), piece.last(), header(piece, symbols)))
        .toList();
  }

  private static String header(Lines piece, List<Symbol> symbols) {
    SequencedSet<String> names = new LinkedHashSet<>();
    innermost(piece, symbols).ifPresent(around -> addNames(around, names));
    for (Symbol symbol : symbols) {
      if (symbol.firstLine() >= piece.first() && symbol.firstLine() <= piece.last()) {
        addNames(symbol, names);
      }
    }
    return String.join(" ", names.stream().limit(MOST_NAMES).toList());
  }

  private static void addNames(Symbol symbol, SequencedSet<String> names) {
    names.addAll(List.of(symbol.qualifiedName().split("\\.")));
  }

  private static Optional<Symbol> innermost(Lines piece, List<Symbol> symbols) {
    return symbols.stream()
        .filter(symbol -> symbol.firstLine() < piece.first() && symbol.lastLine() >= piece.first())
        .max(Comparator.comparingInt(Symbol::firstLine));
  }
}
