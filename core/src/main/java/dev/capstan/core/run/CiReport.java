package dev.capstan.core.run;

import dev.capstan.core.CommitId;
import java.time.Instant;

/**
 * What a check of CI said of a commit.
 *
 * @param name of the check; with the commit it says which report takes the place of which
 * @param url where it tells more; "" if it does not say
 * @param summary figures in words, such as {@code 12 tests, 1 failed}; may be ""
 * @param at when it ended, by its own clock
 */
public record CiReport(
    CommitId commit, String name, Conclusion conclusion, String url, String summary, Instant at) {
  /** How it ended. */
  public enum Conclusion {
    PASSED,
    FAILED,
    /** It was cancelled or skipped, or says neither. */
    UNDECIDED
  }

  public CiReport {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a check of CI needs a name");
    }
  }

  boolean isAboutTheSameAs(CiReport other) {
    return commit.equals(other.commit) && name.equals(other.name);
  }
}
