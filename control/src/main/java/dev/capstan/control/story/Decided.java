package dev.capstan.control.story;

import dev.capstan.control.records.RunQueries.Recorded;
import dev.capstan.core.plan.Injection;
import dev.capstan.core.run.RunEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What somebody decided about a run.
 *
 * @param what approved, rejected, skipped, answered, told, added steps to, wanted again, wanted
 *     continued, or went back before
 * @param about the plan, the branch, or a step
 * @param by who
 */
public record Decided(String what, String about, String comment, String by, Instant at) {
  /** A person's rejection is a failure like any other; only its message tells. */
  private static final String REJECTED = "a person rejected it: ";

  /** As the core says it when nobody was asked. */
  private static final String BY_POLICY = "approved by policy";

  static Optional<Decided> of(Recorded recorded) {
    return switch (recorded.event()) {
      case RunEvent.PlanApproved(var comment) when comment.equals(BY_POLICY) -> Optional.empty();
      case RunEvent.PlanApproved(var comment) -> decided(recorded, "approved", "the plan", comment);
      case RunEvent.QaApproved(var step, var comment) ->
          decided(recorded, "approved", "step " + step, comment);
      case RunEvent.TipApproved(var comment) ->
          decided(recorded, "approved", "the whole branch", comment);
      case RunEvent.StepSkipped(var step, var reason) ->
          decided(recorded, "skipped", "step " + step, reason);
      case RunEvent.QuestionAnswered(var step, var answer) ->
          decided(recorded, "answered", "step " + step, answer);
      case RunEvent.StepsInjected(var injection, _) ->
          decided(recorded, "added steps to", "the plan", ids(injection));
      case RunEvent.Instructed(var step, var text) ->
          decided(recorded, "told", "step " + step, text);
      case RunEvent.Rewound(var step, _, _, var why) ->
          decided(recorded, "went back before", "step " + step, why);
      case RunEvent.StepReopened(var step) -> decided(recorded, "wanted again", "step " + step, "");
      case RunEvent.StepContinued(var step, _, _) ->
          decided(recorded, "wanted continued", "step " + step, "");
      case RunEvent.AttemptFailed failed when failed.failure().message().startsWith(REJECTED) ->
          decided(
              recorded,
              "rejected",
              "step " + failed.step(),
              failed.failure().message().substring(REJECTED.length()));
      case RunEvent _ -> Optional.empty();
    };
  }

  private static String ids(Injection injection) {
    return injection.steps().stream()
        .map(step -> step.id().value())
        .collect(Collectors.joining(", "));
  }

  private static Optional<Decided> decided(
      Recorded recorded, String what, String about, String comment) {
    return Optional.of(new Decided(what, about, comment, recorded.actor(), recorded.at()));
  }
}
