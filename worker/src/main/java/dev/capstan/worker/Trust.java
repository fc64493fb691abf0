package dev.capstan.worker;

/** Whether what says how a tree is built and tested may reach beyond the sandbox. */
enum Trust {
  /** As on the run's base commit: set-up has the network, variables it names are passed through. */
  BASE,
  /** A change of the run wrote it, and no person has read it: no network, no variables. */
  CHANGED
}
