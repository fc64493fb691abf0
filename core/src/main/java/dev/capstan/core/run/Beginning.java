package dev.capstan.core.run;

import dev.capstan.core.CommitId;

/** Which tree an attempt starts with. */
public sealed interface Beginning {
  /** That of the commit it is compared with. */
  record Fresh() implements Beginning {}

  /**
   * What an attempt before has left, which was made from the same commit.
   *
   * @param work holds it
   */
  record Left(CommitId work) implements Beginning {}
}
