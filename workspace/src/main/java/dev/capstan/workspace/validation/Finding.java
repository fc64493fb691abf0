package dev.capstan.workspace.validation;

/**
 * One thing that was looked at.
 *
 * @param name what was looked at, such as "branch exists"
 * @param detail what was found, or why it was not looked at
 * @param remedy what to do; "" where nothing is to be done
 */
public record Finding(String name, State state, String detail, String remedy) {
  /** How it stands. */
  public enum State {
    GOOD,
    /** A run goes, but something of it may not be as one expects. */
    WARNING,
    /** No run can go. */
    BAD,
    /** Not looked at, since something before it is bad. */
    NOT_CHECKED
  }

  static Finding good(String name, String detail) {
    return new Finding(name, State.GOOD, detail, "");
  }

  static Finding warning(String name, String detail, String remedy) {
    return new Finding(name, State.WARNING, detail, remedy);
  }

  static Finding bad(String name, String detail, String remedy) {
    return new Finding(name, State.BAD, detail, remedy);
  }
}
