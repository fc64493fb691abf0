package dev.capstan.api;

import java.util.List;
import java.util.Map;

/**
 * What of a tree can be found, and what not. Every file is in one state: {@code indexed}, {@code
 * partial}, {@code skipped}, {@code opted out} or {@code failed}.
 *
 * @param states how many files are in each; they sum to the number of files
 * @param reasons how many files are not indexed as a whole, by why
 * @param languages the states of each language's files
 * @param folders the states of the files of each folder at the top
 * @param shown the files in the state that was asked for
 */
public record IndexCoverage(
    String project,
    String tree,
    String commit,
    int files,
    Map<String, Integer> states,
    Map<String, Integer> reasons,
    Map<String, Map<String, Integer>> languages,
    Map<String, Map<String, Integer>> folders,
    List<IndexedFile> shown) {
  public IndexCoverage {
    states = Map.copyOf(states);
    reasons = Map.copyOf(reasons);
    languages = Map.copyOf(languages);
    folders = Map.copyOf(folders);
    shown = List.copyOf(shown);
  }

  /**
   * One file.
   *
   * @param blob the id that git gives its content; "" where it was not read
   * @param size in bytes
   * @param why it is in that state; "" for an indexed one
   */
  public record IndexedFile(
      String path, String blob, long size, String language, String state, String why) {}
}
