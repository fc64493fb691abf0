package dev.capstan.api;

import java.util.List;

/**
 * What was found of a repository.
 *
 * @param project its name, or the one it would get
 * @param usable whether a run can go
 * @param findings in the order in which they were looked at
 * @param branch "" if it is not known
 * @param commit "" if it is not known
 * @param toolchain "" if none was found
 * @param languages the one with the most files first
 */
public record ProjectCheckView(
    String project,
    String source,
    boolean usable,
    List<FindingView> findings,
    String branch,
    String commit,
    String toolchain,
    List<LanguageView> languages) {
  /**
   * One thing that was looked at.
   *
   * @param state good, warning, bad or not_checked
   * @param remedy what to do; "" where nothing is to be done
   */
  public record FindingView(String name, String state, String detail, String remedy) {}

  /** A language and how many files are in it. */
  public record LanguageView(String name, int files) {}
}
