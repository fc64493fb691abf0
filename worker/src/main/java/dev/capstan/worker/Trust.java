package dev.capstan.worker;

/** How far what is measured may reach beyond the sandbox. */
enum Trust {
  /** The run's base commit: set-up has the network, variables that it names are passed through. */
  BASE,
  /** What a change of the run has made: no network, whatever it would have to fetch. */
  CHANGE,
  /** A change that also says how it is built and tested: no variables of ours either. */
  CHANGED_CONFIGURATION
}
