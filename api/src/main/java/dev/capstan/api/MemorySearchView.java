package dev.capstan.api;

import java.util.List;
import java.util.Map;

/** Memories that are about a question, the best first; none if nothing is about it. */
public record MemorySearchView(String project, List<Hit> hits) {
  public MemorySearchView {
    hits = List.copyOf(hits);
  }

  /**
   * A memory with its score.
   *
   * @param parts what words and meaning gave; their sum is the score
   */
  public record Hit(MemoryView memory, double score, Map<String, Double> parts) {
    public Hit {
      parts = Map.copyOf(parts);
    }
  }
}
