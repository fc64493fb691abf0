package dev.capstan.control.records;

import dev.capstan.core.ContentHash;
import dev.capstan.core.RunId;
import java.util.List;
import java.util.Optional;

/** Which artifacts belong to which attempt. The bytes are in the artifact store. */
public interface Artifacts {
  /**
   * One of them.
   *
   * @param step empty for the run as a whole
   * @param attempt 0 for the run as a whole
   */
  record Artifact(RunId run, String step, int attempt, String name, ContentHash hash, long bytes) {}

  /** Adds one; a repeated attempt's artifact of the same name takes its place. */
  void add(Artifact artifact);

  /** That one of a run, if there is one. */
  default Optional<Artifact> find(RunId run, Key key) {
    return of(run).stream()
        .filter(one -> new Key(one.step(), one.attempt(), one.name()).equals(key))
        .findFirst();
  }

  /** Those of a run after that one, by step, attempt and name. */
  List<Artifact> list(RunId run, Optional<Key> after, int most);

  /** What names one of a run. */
  record Key(String step, int attempt, String name) {}

  /** All of a run, by step, attempt and name. */
  List<Artifact> of(RunId run);
}
