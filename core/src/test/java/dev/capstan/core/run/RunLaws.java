package dev.capstan.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.CommitId;
import dev.capstan.core.StepId;
import dev.capstan.core.evidence.Expectations;
import dev.capstan.core.evidence.Gate;
import dev.capstan.core.plan.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What holds of every run after every event, told from the events alone where that is possible, so
 * that the rules are not checked by themselves.
 */
final class RunLaws {
  private final Set<StepId> gateOpened = new HashSet<>();
  private final Set<CommitId> passed = new HashSet<>();

  void check(Run before, RunEvent event, Run after) {
    checkHeld(before, event);
    remember(before, event, after);
    progressOf(after).ifPresent(progress -> checkSteps(((Run.Known) after).brief(), progress));
    switch (event) {
      case RunEvent.StepStarted(var step, _, _) -> checkBarrier(before, step);
      case RunEvent.StepCompleted(var step, _) -> assertThat(gateOpened).contains(step);
      case RunEvent.Integrated(_, var steps) -> assertThat(gateOpened).containsAll(steps);
      case RunEvent.DeliveryStarted _ -> checkDelivery(after);
      case RunEvent.Rewound(_, var again, _, _) -> checkRewound(after, again);
      case RunEvent other -> assertThat(other).isNotNull();
    }
  }

  /** A run that is paused or blocked starts nothing. */
  private static void checkHeld(Run before, RunEvent event) {
    if (before instanceof Run.Paused || before instanceof Run.Blocked) {
      assertThat(event)
          .isNotInstanceOfAny(
              RunEvent.StepStarted.class,
              RunEvent.IntegrationStarted.class,
              RunEvent.TipVerificationStarted.class,
              RunEvent.DeliveryStarted.class);
    }
  }

  /** Which gates were opened, and by what. */
  private void remember(Run before, RunEvent event, Run after) {
    switch (event) {
      case RunEvent.AttemptVerified(var step, var evidence) -> {
        Expectations expected = planned(after, step).expectations();
        assertThat(Gate.judge(evidence, expected)).isInstanceOf(Gate.Open.class);
        gateOpened.add(step);
        passed.add(evidence.commit());
      }
      case RunEvent.QaApproved(var step, _) -> {
        gateOpened.add(step);
        passed.add(((StepState.NeedsQa) progressOf(before).orElseThrow().of(step)).commit());
      }
      case RunEvent.AttemptFailed(var step, _, _, _, _) -> gateOpened.remove(step);
      case RunEvent.Rewound(_, var steps, _, _) -> steps.forEach(gateOpened::remove);
      case RunEvent.Forked(_, Reached.Work work) ->
          work.joined().forEach(joined -> gateOpened.add(joined.step()));
      case RunEvent.StepCompleted(var step, var tip)
          when planned(after, step).expectations().mayChangeNothing()
              && tip.equals(progressOf(before).orElseThrow().tip()) ->
          gateOpened.add(step);
      case RunEvent.TipVerified(var evidence) -> {
        Expectations together = ((Run.Known) after).brief().plan().together();
        assertThat(Gate.judge(evidence, together)).isInstanceOf(Gate.Open.class);
        passed.add(evidence.commit());
      }
      case RunEvent.TipApproved _ -> passed.add(progressOf(before).orElseThrow().tip());
      case RunEvent other -> assertThat(other).isNotNull();
    }
  }

  private static void checkSteps(Brief brief, Progress progress) {
    List<Step> inFlight =
        brief.plan().steps().stream()
            .filter(step -> progress.of(step.id()) instanceof StepState.InFlight)
            .toList();
    assertThat(inFlight).hasSizeLessThanOrEqualTo(brief.policy().parallelSteps());
    for (Step one : inFlight) {
      for (Step other : inFlight) {
        assertThat(!one.equals(other) && one.scope().mayOverlap(other.scope()))
            .as("%s and %s are in flight with overlapping scopes", one.id(), other.id())
            .isFalse();
      }
    }
  }

  private static void checkBarrier(Run before, StepId step) {
    Progress progress = progressOf(before).orElseThrow();
    var barrier = planned(before, step).barrier();
    long done =
        barrier.steps().stream()
            .map(progress::of)
            .filter(s -> s instanceof StepState.Completed || s instanceof StepState.Skipped)
            .count();
    assertThat(done).isGreaterThanOrEqualTo(barrier.needed());
    assertThat(((Run.Known) before).brief().stops())
        .as("nothing starts where the run was to pause")
        .noneMatch(stop -> progress.of(stop).isDone());
  }

  private static void checkRewound(Run after, List<StepId> again) {
    Progress progress = progressOf(after).orElseThrow();
    for (Step step : ((Run.Known) after).brief().plan().steps()) {
      if (progress.of(step.id()) instanceof StepState.Completed) {
        assertThat(step.barrier().steps())
            .as("%s stays part of the branch, so nothing it waited for is done again", step.id())
            .doesNotContainAnyElementsOf(again);
      }
    }
    if (progress.completed() == 0 && after instanceof Run.Working w) {
      assertThat(progress.tip()).isEqualTo(w.base().commit());
    }
  }

  private void checkDelivery(Run after) {
    Progress progress = progressOf(after).orElseThrow();
    assertThat(passed).as("a gate was opened for exactly the tip").contains(progress.tip());
    progress
        .steps()
        .forEach((step, state) -> {
          if (state instanceof StepState.Completed) {
            assertThat(gateOpened).contains(step);
          }
        });
  }

  /** The tasks that the state calls for, no more and no fewer; timers aside. */
  static Set<String> tasksOf(Run run) {
    Set<String> keys = new TreeSet<>();
    switch (run) {
      case Run.Preparing _ -> keys.add("prepare");
      case Run.Measuring _ -> keys.add("baseline");
      case Run.Delivering _ -> keys.add("deliver");
      case Run.Working(_, _, _, var progress) -> addTasks(progress, keys);
      case Run.Paused(var within, _, _) -> keys.addAll(tasksOf(within));
      case Run.Blocked(Run.Working(_, _, _, var progress), _) -> addTasks(progress, keys);
      case Run.Blocked _, Run.Absent _, Run.Pending _, Run.Planned _, Run.Ended _ -> {}
    }
    return keys;
  }

  private static void addTasks(Progress progress, Set<String> keys) {
    progress
        .steps()
        .forEach((step, state) -> {
          if (state instanceof StepState.Executing e) {
            keys.add("execute/" + step + '/' + e.attempt().number());
          } else if (state instanceof StepState.Verifying v) {
            keys.add("verify/" + step + '/' + v.attempt().number());
          }
        });
    switch (progress.lane()) {
      case Lane.Integrating _ -> keys.add("integrate");
      case Lane.VerifyingTip _ -> keys.add("verify-tip");
      case Lane.Free _, Lane.TipHeld _ -> {}
    }
  }

  static Optional<Progress> progressOf(Run run) {
    return switch (run) {
      case Run.Working w -> Optional.of(w.progress());
      case Run.Delivering d -> Optional.of(d.progress());
      case Run.Paused(var within, _, _) -> progressOf(within);
      case Run.Blocked(var within, _) -> progressOf(within);
      case Run.Ended(var last, _, _) -> progressOf(last);
      case Run.Absent _, Run.Pending _, Run.Preparing _, Run.Measuring _, Run.Planned _ ->
          Optional.empty();
    };
  }

  private static Step planned(Run run, StepId step) {
    return ((Run.Known) run).brief().plan().step(step);
  }
}
