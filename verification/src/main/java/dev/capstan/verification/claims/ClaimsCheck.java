package dev.capstan.verification.claims;

import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.verification.claims.Weighing.Standing;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares what an agent says at last with what was measured. Words open no gate and shut none; who
 * reads them is told where they are not true.
 */
public final class ClaimsCheck {
  private static final int LONGEST_QUOTE = 200;

  private ClaimsCheck() {}

  /**
   * The comparison.
   *
   * @param violations one for each sentence that is not true
   */
  public record Result(Check check, List<Violation> violations) {
    public Result {
      violations = List.copyOf(violations);
    }
  }

  /** Compares. */
  public static Result of(String words, Facts facts) {
    List<Claim> claims = ClaimReader.read(words);
    Weighing weighing = new Weighing(facts);
    List<Violation> violations = new ArrayList<>();
    int agree = 0;
    for (Claim claim : claims) {
      switch (weighing.of(claim)) {
        case Standing.Agrees _ -> agree++;
        case Standing.Unknown _ -> {}
        case Standing.Contradicted(var found) ->
            violations.add(
                new Violation(Category.CLAIM_CONTRADICTED, quote(claim.sentence()), found));
      }
    }
    return new Result(
        new Check(
            CheckName.CLAIMS,
            violations.isEmpty() ? Verdict.PASS : Verdict.NOT_COMPARABLE,
            reason(claims.size(), agree, violations)),
        violations);
  }

  private static String reason(int all, int agree, List<Violation> violations) {
    if (all == 0) {
      return "its last words claim nothing that can be compared";
    }
    String figures =
        "of %d claims in its last words %d agree with what was measured".formatted(all, agree);
    return violations.isEmpty()
        ? figures
        : figures
            + ", %d %s not true: \"%s\", but %s"
                .formatted(
                    violations.size(),
                    violations.size() == 1 ? "is" : "are",
                    violations.getFirst().subject(),
                    violations.getFirst().detail());
  }

  private static String quote(String sentence) {
    return sentence.length() > LONGEST_QUOTE
        ? sentence.substring(0, LONGEST_QUOTE) + '…'
        : sentence;
  }
}
