package dev.capstan.core.run;

import dev.capstan.core.plan.Patience;
import dev.capstan.core.policy.Policy;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rules of one run.
 *
 * @param planApproval whether a person approves the plan before work starts
 * @param parallelSteps steps of this run that may be under way at once, at least 1
 * @param retries by kind of step; {@code retry} for every other kind
 * @param retry for steps, and for preparing, measuring, integrating and delivering
 * @param failedAttempts after which the run fails: its error threshold
 * @param patience how long the run may take from its start
 * @param partial whether completed steps are delivered although others failed
 * @param rules the policy in force, with where each of its values comes from
 */
public record RunPolicy(
    PlanApproval planApproval,
    int parallelSteps,
    Map<String, RetryPolicy> retries,
    RetryPolicy retry,
    int failedAttempts,
    Patience patience,
    PartialCompletion partial,
    Policy rules) {
  public static final RunPolicy DEFAULT =
      new RunPolicy(
          PlanApproval.AUTOMATIC,
          2,
          Map.of(),
          new RetryPolicy(
              2, Duration.ofSeconds(1), Duration.ofMinutes(1), RetryPolicy.Exhausted.BLOCK),
          50,
          new Patience.AtMost(Duration.ofHours(24)),
          PartialCompletion.FORBIDDEN,
          Policy.NONE);

  /** Who opens the way from plan to work. */
  public enum PlanApproval {
    AUTOMATIC,
    PERSON
  }

  /** What happens to completed steps when others failed for good. */
  public enum PartialCompletion {
    FORBIDDEN,
    ALLOWED
  }

  public RunPolicy {
    retries = Collections.unmodifiableMap(new TreeMap<>(retries));
    if (parallelSteps < 1 || failedAttempts < 1) {
      throw new IllegalArgumentException("parallelSteps and failedAttempts are at least 1");
    }
  }

  /** The same under rules that may ask for more: for a person, or for fewer tries. */
  public RunPolicy under(Policy newRules) {
    Map<String, RetryPolicy> fewer = new TreeMap<>(retries);
    fewer.replaceAll((_, policy) -> policy.atMost(newRules.attempts()));
    return new RunPolicy(
        newRules.planNeedsPerson() ? PlanApproval.PERSON : planApproval,
        parallelSteps,
        fewer,
        retry.atMost(newRules.attempts()),
        failedAttempts,
        patience,
        partial,
        newRules);
  }

  RetryPolicy retryOf(String kind) {
    return retries.getOrDefault(kind, retry);
  }
}
