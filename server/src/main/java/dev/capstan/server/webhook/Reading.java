package dev.capstan.server.webhook;

/** What a body says. */
sealed interface Reading {
  /** Something that a run may be told. */
  record Said(Word word) implements Reading {}

  /** Nothing that is of use, and why. */
  record Nothing(String why) implements Reading {}

  /** {@code word}, if its branch may be one of Capstan's. */
  static Reading of(Word word) {
    return Word.isOurs(word.branch())
        ? new Said(word)
        : new Nothing("the branch is none that Capstan has delivered");
  }
}
