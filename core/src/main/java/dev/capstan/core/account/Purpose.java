package dev.capstan.core.account;

/** What money is spent on. */
public enum Purpose {
  /** Planning and carrying out. */
  WORK,
  /** Checking what was carried out; it has a reserve of its own. */
  VERIFICATION
}
