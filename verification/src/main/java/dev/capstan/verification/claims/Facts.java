package dev.capstan.verification.claims;

import dev.capstan.core.evidence.Check;
import dev.capstan.verification.Measurement;
import dev.capstan.verification.Submission.Changed;
import dev.capstan.verification.Submission.Sources;
import java.util.List;
import java.util.Optional;

/**
 * What is known of an attempt without asking it.
 *
 * @param changes every path that it changed
 * @param before the files before the change
 * @param now the files with it
 * @param checks that were made of it
 * @param measurement of its tree; empty if it was not measured
 */
public record Facts(
    List<Changed> changes,
    Sources before,
    Sources now,
    List<Check> checks,
    Optional<Measurement> measurement) {
  public Facts {
    changes = List.copyOf(changes);
    checks = List.copyOf(checks);
  }

  /** Of an attempt after which every file was as before. */
  public static Facts ofNoChange(Sources files) {
    return new Facts(List.of(), files, files, List.of(), Optional.empty());
  }
}
