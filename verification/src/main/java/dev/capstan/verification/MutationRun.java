package dev.capstan.verification;

import dev.capstan.verification.report.ReportedMutant;
import java.util.List;

/** What a mutation tool said of one commit. */
public sealed interface MutationRun {
  /** The faults it put into the classes it was asked about. */
  record Measured(List<ReportedMutant> mutants) implements MutationRun {
    public Measured {
      mutants = List.copyOf(mutants);
    }
  }

  /** It said nothing. */
  record NotMeasured(String reason) implements MutationRun {}
}
