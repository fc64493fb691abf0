package dev.capstan.core.policy;

import dev.capstan.core.evidence.Response;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The value of a setting. */
public sealed interface Value {
  /** A whole number in the setting's unit. */
  record Quantity(int number) implements Value {}

  /** Names or globs, sorted, each once. */
  record Names(List<String> names) implements Value {
    public Names {
      names = names.stream().sorted().distinct().toList();
    }
  }

  /** One of the setting's words. */
  record Word(String word) implements Value {}

  /** What follows, by the name of a violation's category or of a check. */
  record Actions(SortedMap<String, Response> actions) implements Value {
    public Actions {
      actions = Collections.unmodifiableSortedMap(new TreeMap<>(actions));
    }
  }
}
