package dev.capstan.api;

import java.util.Objects;

/**
 * What of a project is to be analysed.
 *
 * @param subject a file, a folder, a glob such as {@code src/**}, or a package by its name; "" for
 *     the whole tree
 * @param tree which of the indexed trees; "" or left out for the one that was indexed last
 * @param model that adds to what rules find, as the server's models.yaml names it; "" or left out
 *     for none
 * @param tokens of documents and code that the model gets to read at most, of 500 to 100,000; 0 or
 *     left out for 8,000
 * @param dryRun true to be shown what a model would be asked, and to ask none
 */
public record AnalyseSubject(
    String subject, String tree, String model, int tokens, boolean dryRun) {
  public static final int FEWEST_TOKENS = 500;
  public static final int MOST_TOKENS = 100_000;

  public AnalyseSubject {
    tree = Objects.requireNonNullElse(tree, "");
    model = Objects.requireNonNullElse(model, "");
  }
}
