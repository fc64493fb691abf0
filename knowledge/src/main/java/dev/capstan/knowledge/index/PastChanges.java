package dev.capstan.knowledge.index;

import java.util.Map;

/**
 * How often files were changed.
 *
 * @param commits so many are known of: along first parents, at most the newest 3,000, without those
 *     that changed more than 30 files
 * @param byPath how many of them changed each file, by the name that it has now
 */
public record PastChanges(int commits, Map<String, Integer> byPath) {
  public PastChanges {
    byPath = Map.copyOf(byPath);
  }

  /** 0 for a file that none changed. */
  public int of(String path) {
    return byPath.getOrDefault(path, 0);
  }
}
