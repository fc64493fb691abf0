package dev.capstan.knowledge.parsing;

import dev.capstan.knowledge.FileState.Lines;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a file along its syntax: the largest node that fits is a piece, small neighbours share one,
 * and a comment stays with what follows. Pieces are whole lines and none is in two.
 */
final class Pieces {
  /** In characters that are not white space. */
  static final int FULL = 1_000;

  /** A node without children is cut by lines where it is longer. */
  private static final int TOO_FULL = 2_000;

  /** {@code sums[n]} is how many characters the first n lines hold. */
  private final int[] sums;

  private record Piece(int first, int last, boolean leads) {}

  private Pieces(List<String> lines) {
    sums = new int[lines.size() + 1];
    for (int i = 0; i < lines.size(); i++) {
      sums[i + 1] = sums[i] + (int) lines.get(i).chars().filter(c -> c > ' ').count();
    }
  }

  static List<Lines> of(SyntaxNode root, List<String> lines) {
    Pieces pieces = new Pieces(lines);
    return pieces.lines(pieces.cut(root));
  }

  /** Without syntax. */
  static List<Lines> ofLines(List<String> lines) {
    Pieces pieces = new Pieces(lines);
    return pieces.lines(pieces.byLines(1, lines.size()));
  }

  private List<Lines> lines(List<Piece> found) {
    return found.stream()
        .filter(piece -> size(piece.first, piece.last) > 0)
        .map(piece -> new Lines(piece.first, piece.last))
        .toList();
  }

  private int size(int first, int last) {
    return sums[Math.min(last, sums.length - 1)] - sums[Math.min(first, sums.length) - 1];
  }

  private List<Piece> cut(SyntaxNode node) {
    if (size(node.firstLine(), node.lastLine()) <= FULL) {
      return List.of(new Piece(node.firstLine(), node.lastLine(), node.leads()));
    }
    if (node.children().isEmpty()) {
      return size(node.firstLine(), node.lastLine()) <= TOO_FULL
          ? List.of(new Piece(node.firstLine(), node.lastLine(), node.leads()))
          : byLines(node.firstLine(), node.lastLine());
    }
    List<Piece> merged = new ArrayList<>();
    for (SyntaxNode child : node.children()) {
      cut(child).forEach(piece -> add(merged, piece));
    }
    return merged;
  }

  private void add(List<Piece> merged, Piece next) {
    Piece joined = next;
    while (!merged.isEmpty() && belongTogether(merged.getLast(), joined)) {
      Piece last = merged.removeLast();
      joined = new Piece(last.first, Math.max(last.last, joined.last), last.leads && joined.leads);
    }
    merged.add(joined);
  }

  private boolean belongTogether(Piece last, Piece next) {
    if (next.first <= last.last) {
      return true;
    }
    int together = size(last.first, next.last);
    if (next.leads) {
      return last.leads && together <= FULL;
    }
    return together <= (last.leads ? TOO_FULL : FULL);
  }

  private List<Piece> byLines(int first, int last) {
    List<Piece> pieces = new ArrayList<>();
    int start = first;
    for (int line = first; line <= last; line++) {
      if (size(start, line) >= FULL || line == last) {
        pieces.add(new Piece(start, line, false));
        start = line + 1;
      }
    }
    return pieces;
  }
}
