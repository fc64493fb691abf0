package dev.capstan.verification;

/**
 * What mutation testing says of changed tests. Where it says that they find as many faults as
 * before, nobody has to be asked about how they read.
 */
enum MutationWord {
  /** Nothing: not measured, or not of all that the changed tests may test. */
  NOT_MEASURED,
  /** The tests find every fault put into what they test that they found before. */
  AS_STRONG,
  /** They find fewer. */
  WEAKER
}
