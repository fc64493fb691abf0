package dev.capstan.knowledge.index;

import dev.capstan.knowledge.FileRecord;
import dev.capstan.knowledge.parsing.Parsed;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the index keeps of one file.
 *
 * @param lines those that can be found, by number; blank ones may be missing
 */
public record FileContent(FileRecord file, Parsed parsed, SortedMap<Integer, String> lines) {
  public FileContent {
    lines = Collections.unmodifiableSortedMap(new TreeMap<>(lines));
  }

  /** Those lines, both ends included, with the blank ones in their places; "" if none is there. */
  public String between(int first, int last) {
    SortedMap<Integer, String> within = lines.subMap(first, Math.max(first, last) + 1);
    StringBuilder text = new StringBuilder();
    if (!within.isEmpty()) {
      for (int line = within.firstKey(); line <= within.lastKey(); line++) {
        text.append(within.getOrDefault(line, "")).append('\n');
      }
    }
    return text.toString();
  }
}
