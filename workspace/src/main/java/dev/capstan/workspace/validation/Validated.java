package dev.capstan.workspace.validation;

import dev.capstan.workspace.validation.Finding.State;
import java.util.List;

/**
 * What was found of a repository.
 *
 * @param findings in the order in which they were looked at
 * @param branch "" if it is not known, or if the base is a tag or commit
 * @param commit "" if it is not known
 * @param languages with their share of the files that are source code, the largest first
 * @param toolchain its name; "" if none was found
 */
public record Validated(
    List<Finding> findings,
    String branch,
    String commit,
    List<Language> languages,
    String toolchain) {
  public Validated {
    findings = List.copyOf(findings);
    languages = List.copyOf(languages);
  }

  /** A language by the names of files. */
  public record Language(String name, int files) {}

  /** True if a run can go. */
  public boolean usable() {
    return findings.stream()
        .noneMatch(one -> one.state() == State.BAD || one.state() == State.NOT_CHECKED);
  }
}
