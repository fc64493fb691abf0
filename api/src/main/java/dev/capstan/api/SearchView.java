package dev.capstan.api;

import java.util.List;
import java.util.Map;

/**
 * What was found, the best first.
 *
 * @param tree that was searched
 * @param commit of it; "" for a work tree
 * @param indexedFiles in so many of its files was searched
 * @param embeddedFiles in so many of these also by meaning; the others are found by their words
 * @param filesInAll so many it has; see its coverage for why the others were not searched
 * @param outage why it was searched by words alone though it has vectors; "" if it was not
 */
public record SearchView(
    String project,
    String tree,
    String commit,
    int indexedFiles,
    int embeddedFiles,
    int filesInAll,
    String outage,
    List<Hit> hits) {
  public SearchView {
    hits = List.copyOf(hits);
  }

  /**
   * A piece of a file.
   *
   * @param id names these lines for ever: {@code path@blob#Lx-Ly}
   * @param role what the file is for: code, tests or documentation
   * @param header the names of what is in it
   * @param parts what the score was made of: what words, meaning and history gave, the factor on
   *     their sum, and what BM25 gave for each field
   */
  public record Hit(
      String id,
      String path,
      int firstLine,
      int lastLine,
      String language,
      String role,
      String header,
      String text,
      double score,
      Map<String, Double> parts) {
    public Hit {
      parts = Map.copyOf(parts);
    }
  }
}
