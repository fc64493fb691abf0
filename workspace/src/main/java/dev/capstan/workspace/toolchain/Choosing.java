package dev.capstan.workspace.toolchain;

import java.util.List;

/** How a command is told to run only some of the tests. */
public sealed interface Choosing {
  /** A command that runs no tests: it is run as it is before chosen ones. */
  record NoTests() implements Choosing {}

  /**
   * It cannot be told.
   *
   * @param why a clause, such as "make has no way to name tests"
   */
  record Impossible(String why) implements Choosing {}

  /**
   * By more arguments.
   *
   * @param argv without a network; the names of the chosen tests are appended
   * @param form how they are named
   */
  record Appended(List<String> argv, Form form) implements Choosing {
    public Appended {
      argv = List.copyOf(argv);
    }
  }

  /** How test files are named on a command line. */
  enum Form {
    /** As their paths. */
    FILES,
    /** As their folders, {@code ./path}. */
    FOLDERS,
    /** As classes by their path, in one argument, and then the phase. */
    MAVEN,
    /** As classes by their full name, each with an option of its own. */
    GRADLE,
    /** As targets, or as modules of the library. */
    CARGO
  }
}
