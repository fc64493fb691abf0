package dev.capstan.knowledge.pack;

import dev.capstan.knowledge.index.Answer.Hit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The pieces that stand in a tree just as they were indexed, whichever tree that was, in files that
 * models may read now. For one thread.
 */
public final class StandingPieces implements Predicate<Hit> {
  private final Function<String, Optional<String>> readable;
  private final Map<String, List<String>> lines = new HashMap<>();

  /** {@code readable} gives the text of a file of the tree; empty if no model may read it. */
  public StandingPieces(Function<String, Optional<String>> readable) {
    this.readable = readable;
  }

  @Override
  public boolean test(Hit hit) {
    List<String> now = lines.computeIfAbsent(hit.path(), this::linesOf);
    List<String> then = hit.text().lines().toList();
    int first = hit.firstLine() - 1;
    return !then.isEmpty()
        && first + then.size() <= now.size()
        && now.subList(first, first + then.size()).equals(then);
  }

  private List<String> linesOf(String path) {
    return readable.apply(path).map(text -> text.lines().toList()).orElse(List.of());
  }
}
