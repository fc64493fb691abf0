package dev.capstan.core.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What evidence allows. */
public sealed interface Gate {
  /** Every required check passed and none failed. */
  record Open() implements Gate {}

  /** Nothing failed, but the evidence alone does not suffice; {@code reasons} says why. */
  record AsksPerson(List<String> reasons) implements Gate {
    public AsksPerson {
      reasons = List.copyOf(reasons);
    }
  }

  /** At least one check failed. */
  record Shut(List<Check> failed) implements Gate {
    public Shut {
      failed = List.copyOf(failed);
    }
  }

  /** A required check that is missing from the evidence counts as one that did not run. */
  static Gate judge(Evidence evidence, Expectations expectations) {
    List<Check> failed =
        evidence.checks().stream()
            .filter(c -> c.verdict() == Verdict.FAIL)
            .filter(c -> !isForgiven(c, evidence, expectations))
            .toList();
    if (!failed.isEmpty()) {
      return new Shut(failed);
    }
    List<String> reasons = unsettled(evidence, expectations);
    reasons.addAll(unsure(evidence.confidence(), expectations.rules().leastConfidence()));
    if (expectations.approval() == Expectations.Approval.ALWAYS) {
      reasons.add("the policy asks a person before every gate");
    }
    return reasons.isEmpty() ? new Open() : new AsksPerson(reasons);
  }

  private static List<String> unsettled(Evidence evidence, Expectations expectations) {
    List<String> reasons = new ArrayList<>();
    for (CheckName name :
        expectations.required().stream().sorted(Comparator.naturalOrder()).toList()) {
      List<Check> found = evidence.checks().stream().filter(c -> c.name() == name).toList();
      if (found.isEmpty()) {
        reasons.add(name + " " + Verdict.DID_NOT_RUN + ": no such check was made");
      }
      for (Check check : found) {
        if (check.verdict() != Verdict.PASS && !isForgiven(check, evidence, expectations)) {
          reasons.add(name + " " + check.verdict() + ": " + check.reason());
        }
      }
    }
    return reasons;
  }

  private static boolean isForgiven(Check check, Evidence evidence, Expectations expectations) {
    return check.verdict() == Verdict.FAIL
        && expectations.rules().responses().forgives(check.name(), evidence);
  }

  /** Too little confidence asks a person; however much there is, it opens nothing. */
  private static List<String> unsure(Confidence confidence, int least) {
    boolean enough =
        least == 0
            || (confidence instanceof Confidence.Scored scored && scored.hundredths() >= least);
    return enough
        ? List.of()
        : List.of(
            "confidence "
                + confidence.inWords()
                + "; policy asks for at least "
                + Confidence.decimal(least));
  }
}
