package dev.capstan.core.run;

import dev.capstan.core.plan.Patience;
import dev.capstan.core.policy.Policy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A policy as a test writes it: only what matters to the test is named. */
final class PolicyDraft {
  private RunPolicy.PlanApproval approval = RunPolicy.PlanApproval.AUTOMATIC;
  private int parallelSteps = 2;
  private final Map<String, RetryPolicy> retries = new HashMap<>();
  private RetryPolicy retry = retry(2, RetryPolicy.Exhausted.BLOCK);
  private int failedAttempts = 50;
  private Patience patience = new Patience.Unlimited();
  private RunPolicy.PartialCompletion partial = RunPolicy.PartialCompletion.FORBIDDEN;

  static PolicyDraft policy() {
    return new PolicyDraft();
  }

  static RetryPolicy retry(int attempts, RetryPolicy.Exhausted exhausted) {
    return new RetryPolicy(attempts, Duration.ofSeconds(1), Duration.ofMinutes(1), exhausted);
  }

  /** How long the run of the examples waits before it tries the step again. */
  static Duration delayOf(String step, int attempts) {
    long seed = 31L * RunExamples.RUN.hashCode() + RunExamples.id(step).hashCode() + attempts;
    return retry(2, RetryPolicy.Exhausted.BLOCK).delayAfter(attempts, seed);
  }

  /** How long the run of the examples waits before it tries a task of its own again. */
  static Duration delayOfTask(int failures) {
    return retry(2, RetryPolicy.Exhausted.BLOCK).delayAfter(failures, RunExamples.RUN.hashCode());
  }

  PolicyDraft planApprovedByPerson() {
    approval = RunPolicy.PlanApproval.PERSON;
    return this;
  }

  PolicyDraft parallel(int steps) {
    parallelSteps = steps;
    return this;
  }

  PolicyDraft tries(int attempts, RetryPolicy.Exhausted exhausted) {
    retry = retry(attempts, exhausted);
    return this;
  }

  PolicyDraft triesOf(String kind, int attempts, RetryPolicy.Exhausted exhausted) {
    retries.put(kind, retry(attempts, exhausted));
    return this;
  }

  PolicyDraft atMostFailedAttempts(int threshold) {
    failedAttempts = threshold;
    return this;
  }

  PolicyDraft within(Duration limit) {
    patience = new Patience.AtMost(limit);
    return this;
  }

  PolicyDraft deliveringInPart() {
    partial = RunPolicy.PartialCompletion.ALLOWED;
    return this;
  }

  RunPolicy build() {
    return new RunPolicy(
        approval, parallelSteps, retries, retry, failedAttempts, patience, partial, Policy.NONE);
  }
}
