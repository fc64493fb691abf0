package dev.capstan.workspace.toolchain;

/** A file of the repository that tells the toolchain cannot be used. */
final class Unusable extends Exception {
  private static final long serialVersionUID = 1L;

  private final String problem;

  /**
   * @param problem the file, the line where it is known, what is wrong and what to do
   */
  Unusable(String problem) {
    super(problem);
    this.problem = problem;
  }

  String problem() {
    return problem;
  }
}
