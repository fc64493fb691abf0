package dev.capstan.control.codec;

import dev.capstan.core.run.RunEvent;
import java.util.Set;

/** The stored form of events. A name is never reused; a changed shape gets the next version. */
public final class EventCodec {
  private static final Names<RunEvent> NAMES =
      new Names<RunEvent>("event")
          .with("run-created.v1", RunEvent.Created.class)
          .with("run-forked.v1", RunEvent.Forked.class)
          .with("run-started.v1", RunEvent.Started.class)
          .with("run-prepared.v1", RunEvent.Prepared.class)
          .with("policy-tightened.v1", RunEvent.PolicyTightened.class)
          .with("baseline-measured.v1", RunEvent.BaselineMeasured.class)
          .with("plan-approved.v1", RunEvent.PlanApproved.class)
          .with("step-started.v1", RunEvent.StepStarted.class)
          .with("attempt-executed.v1", RunEvent.AttemptExecuted.class)
          .with("attempt-verified.v1", RunEvent.AttemptVerified.class)
          .with("attempt-failed.v1", RunEvent.AttemptFailed.class)
          .with("qa-requested.v1", RunEvent.QaRequested.class)
          .with("gate-shut.v1", RunEvent.GateShut.class)
          .with("verification-repeated.v1", RunEvent.VerificationRepeated.class)
          .with("qa-approved.v1", RunEvent.QaApproved.class)
          .with("step-completed.v1", RunEvent.StepCompleted.class)
          .with("step-blocked.v1", RunEvent.StepBlocked.class)
          .with("step-failed.v1", RunEvent.StepFailed.class)
          .with("step-skipped.v1", RunEvent.StepSkipped.class)
          .with("step-reopened.v1", RunEvent.StepReopened.class)
          .with("step-continued.v1", RunEvent.StepContinued.class)
          .with("question-asked.v1", RunEvent.QuestionAsked.class)
          .with("question-answered.v1", RunEvent.QuestionAnswered.class)
          .with("step-instructed.v1", RunEvent.Instructed.class)
          .with("run-rewound.v1", RunEvent.Rewound.class)
          .with("steps-injected.v1", RunEvent.StepsInjected.class)
          .with("stop-set.v1", RunEvent.StopSet.class)
          .with("stop-reached.v1", RunEvent.StopReached.class)
          .with("integration-started.v1", RunEvent.IntegrationStarted.class)
          .with("steps-integrated.v1", RunEvent.Integrated.class)
          .with("tip-verification-started.v1", RunEvent.TipVerificationStarted.class)
          .with("tip-verified.v1", RunEvent.TipVerified.class)
          .with("tip-held.v1", RunEvent.TipHeld.class)
          .with("tip-approved.v1", RunEvent.TipApproved.class)
          .with("delivery-started.v1", RunEvent.DeliveryStarted.class)
          .with("task-failed.v1", RunEvent.TaskFailed.class)
          .with("run-blocked.v1", RunEvent.Blocked.class)
          .with("run-unblocked.v1", RunEvent.Unblocked.class)
          .with("run-paused.v1", RunEvent.Paused.class)
          .with("run-halted.v1", RunEvent.Halted.class)
          .with("run-resumed.v1", RunEvent.Resumed.class)
          .with("run-completed.v2", RunEvent.Completed.class)
          .with("run-failed.v1", RunEvent.Failed.class)
          .with("run-cancelled.v1", RunEvent.Cancelled.class)
          .with("ci-reported.v1", RunEvent.CiReported.class)
          .with("merged.v1", RunEvent.Merged.class);

  private EventCodec() {}

  /** The stored name, with its version. */
  public static String name(RunEvent event) {
    return NAMES.of(event);
  }

  public static String write(RunEvent event) {
    return Json.MAPPER.writeValueAsString(event);
  }

  /** Throws {@link IllegalStateException} for a name that is not in the table. */
  public static RunEvent read(String name, String json) {
    OlderEvents.Shape older = OlderEvents.SHAPES.get(name);
    return older == null
        ? Json.read(json, NAMES.type(name))
        : Json.read(older.today(json), NAMES.type(older.name()));
  }

  static Set<Class<?>> types() {
    return NAMES.types();
  }
}
