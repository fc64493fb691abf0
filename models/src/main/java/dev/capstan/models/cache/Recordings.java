package dev.capstan.models.cache;

import java.util.List;

/** The port to whole answers that were recorded. Safe for many threads. */
public interface Recordings {
  /** What was answered to that prompt, in the order in which it was asked. */
  List<KeptAnswer> of(String promptHash);
}
