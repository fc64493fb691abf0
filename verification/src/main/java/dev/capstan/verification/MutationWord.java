package dev.capstan.verification;

/**
 * What mutation testing says of changed tests. Where it says that they find as many faults as
 * before, nobody has to be asked about how they read.
 */
enum MutationWord {
  /** Nothing: not measured, or not of what the changed tests test. */
  NOT_MEASURED,
  /** The tests find at least as many of the faults put into what they test as before. */
  AS_STRONG,
  /** They find fewer. */
  WEAKER
}
