package dev.capstan.sandbox;

/** The variables that mark each process of a sandbox. */
final class Marks {
  /** Which installation it belongs to. */
  static final String INSTALLATION = "CAPSTAN_INSTALLATION";

  /** The label of its confinement. */
  static final String ATTEMPT = "CAPSTAN_ATTEMPT";

  /** This one run of it. */
  static final String SANDBOX = "CAPSTAN_SANDBOX";

  private Marks() {}
}
