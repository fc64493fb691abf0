package dev.capstan.worker;

import dev.capstan.core.plan.Scope;
import dev.capstan.engines.Workbench.CodeReader;
import dev.capstan.engines.Workbench.Content;
import dev.capstan.engines.Workbench.Hit;
import dev.capstan.knowledge.index.ProjectIndex;
import dev.capstan.knowledge.index.Question;
import dev.capstan.knowledge.pack.StandingPieces;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The files of a clone, found by plain search and then by the project's index: pieces of other
 * files that are about the words, as far as they stand in the clone as they were indexed.
 */
final class IndexedCode implements CodeReader {
  private static final int ASKED = 50;

  private final CodeReader plain;
  private final ProjectIndex index;

  IndexedCode(CodeReader plain, ProjectIndex index) {
    this.plain = plain;
    this.index = index;
  }

  /** As it is where there is no index. */
  static CodeReader over(CodeReader plain, Optional<ProjectIndex> index) {
    return index.<CodeReader>map(one -> new IndexedCode(plain, one)).orElse(plain);
  }

  @Override
  public List<String> paths(Scope where, int most) {
    return plain.paths(where, most);
  }

  @Override
  public List<Hit> search(String words, Scope where, int most) {
    List<Hit> hits = new ArrayList<>(plain.search(words, where, most));
    Set<String> found = hits.stream().map(Hit::path).collect(Collectors.toSet());
    if (hits.size() < most && !words.isBlank()) {
      about(words).stream()
          .filter(hit -> where.allows(hit.path()) && !found.contains(hit.path()))
          .limit(most - hits.size())
          .forEach(hits::add);
    }
    return hits;
  }

  private List<Hit> about(String words) {
    StandingPieces standing = new StandingPieces(this::text);
    return index.newest().stream()
        .flatMap(view -> index.search(Question.of(view.name(), words, ASKED)).hits().stream())
        .filter(standing)
        .map(hit -> new Hit(hit.path(), hit.firstLine(), "is about " + hit.header()))
        .toList();
  }

  private Optional<String> text(String path) {
    return switch (plain.read(path)) {
      case Content.Text(var text) -> Optional.of(text);
      case Content.Withheld _ -> Optional.empty();
    };
  }

  @Override
  public Content read(String path) {
    return plain.read(path);
  }
}
