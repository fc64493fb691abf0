package dev.capstan.knowledge.index;

import java.util.List;
import java.util.Map;

/**
 * What was found.
 *
 * @param commit that was searched; "" for a work tree
 * @param indexedFiles in how many files was searched, of all of the view
 * @param embeddedFiles of how many of these it is known what they mean, not only their words
 * @param outage why it could not be searched by meaning where that is known; "" if it was
 */
public record Answer(
    String commit,
    int indexedFiles,
    int embeddedFiles,
    int allFiles,
    String outage,
    List<Hit> hits) {
  static final Answer NONE = new Answer("", 0, 0, 0, "", List.of());

  public Answer {
    hits = List.copyOf(hits);
  }

  /**
   * A chunk.
   *
   * @param parts what the score was made of, by name
   */
  public record Hit(
      String path,
      String blob,
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

    /** Names the same lines for ever. */
    public String id() {
      return path + '@' + blob + "#L" + firstLine + "-L" + lastLine;
    }
  }
}
