package dev.capstan.sandbox;

/** Where foreign code runs. Implementations may be used by many threads at once. */
public interface Sandbox {
  /**
   * Runs one command and blocks until it and every child of it are gone, whatever the outcome.
   *
   * <p>Interrupting the thread kills everything in the sandbox, then gives {@link Outcome.Stopped}
   * with the interrupt flag set again. What the listener throws kills everything too and is thrown
   * on.
   *
   * @param output is told each line, one call at a time; a slow listener slows the command down
   * @throws SandboxUnavailable if this machine can't fence anything (any more)
   */
  Outcome run(Confinement confinement, OutputListener output);
}
