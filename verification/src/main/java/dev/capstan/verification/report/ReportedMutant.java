package dev.capstan.verification.report;

/**
 * One fault that a mutation tool put into the code.
 *
 * @param className as the virtual machine names it, with dots; {@code $} before an inner class
 * @param method its name and what it takes and returns
 * @param line from 1; 0 if it is not known
 * @param kind what was done, in the tool's words
 * @param position where in the method, so that two of the same kind in one line differ
 */
public record ReportedMutant(
    String className, String method, int line, String kind, String position, Fate fate) {

  /** What became of it. */
  public enum Fate {
    /** A test failed, or ran until it was stopped, or until its memory was used up. */
    FOUND,
    /** No test noticed, or none came by. */
    SURVIVED,
    /** The tool could not try it, or says nothing that counts. */
    UNTRIED
  }

  /** The same in two measurements of the same code. */
  public String key() {
    return String.join(" ", className, method, String.valueOf(line), kind, position);
  }

  public boolean isFound() {
    return fate == Fate.FOUND;
  }
}
