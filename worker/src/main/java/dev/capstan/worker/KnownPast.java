package dev.capstan.worker;

import dev.capstan.control.records.Memories.Asker;
import java.util.function.Predicate;

/** What is remembered here of finished steps. Safe for many threads. */
public interface KnownPast {
  /** Of a worker that remembers nothing. */
  KnownPast NOTHING = (_, _, _, _) -> new Told("", 0);

  /**
   * What is told, with how many memories are in it; "" for none.
   *
   * @param text whoever wrote what is in it is not trusted
   */
  record Told(String text, int memories) {}

  /**
   * Finished steps like one that is to be done, as a model may read them. It is noted who was told
   * what.
   *
   * @param situation what is to be done
   * @param mostTokens of the text
   * @param readable whether models may know of that path now
   */
  Told recall(Asker asker, String situation, int mostTokens, Predicate<String> readable);
}
