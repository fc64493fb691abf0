package dev.capstan.core.run;

import dev.capstan.core.CommitId;
import dev.capstan.core.StepId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How far a run had come when it was forked; what was under way then is begun afresh. */
public sealed interface Reached {
  /** No step had begun. */
  record Nothing() implements Reached {}

  /**
   * Steps were carried out.
   *
   * @param tip the last commit of the branch
   * @param joined the steps that are part of it
   * @param skipped why, for each step that is not wanted
   */
  record Work(
      Run.Base base,
      Baseline baseline,
      CommitId tip,
      List<Joined> joined,
      Map<StepId, String> skipped)
      implements Reached {
    public Work {
      joined = List.copyOf(joined);
      skipped = Collections.unmodifiableMap(new TreeMap<>(skipped));
    }

    boolean isDone(StepId step) {
      return skipped.containsKey(step) || joined.stream().anyMatch(one -> one.step().equals(step));
    }
  }

  /** A step of the branch, and where the branch was before it; see {@link StepState.Completed}. */
  record Joined(StepId step, CommitId from, int order) {}

  /** What that run has reached. */
  static Reached of(Run.Known run) {
    return switch (run) {
      case Run.Pending _, Run.Preparing _, Run.Measuring _, Run.Planned _ -> new Nothing();
      case Run.Working w -> work(w.base(), w.baseline(), w.progress());
      case Run.Delivering d -> work(d.base(), d.baseline(), d.progress());
      case Run.Paused(var within, _, _) -> of(within);
      case Run.Blocked(var within, _) -> of(within);
      case Run.Ended(var last, _, _) -> of(last);
    };
  }

  private static Work work(Run.Base base, Baseline baseline, Progress progress) {
    List<Joined> joined = new ArrayList<>();
    Map<StepId, String> skipped = new TreeMap<>();
    progress
        .steps()
        .forEach((step, state) -> {
          if (state instanceof StepState.Completed(_, var from, var order)) {
            joined.add(new Joined(step, from, order));
          } else if (state instanceof StepState.Skipped(var reason)) {
            skipped.put(step, reason);
          }
        });
    return new Work(base, baseline, progress.tip(), joined, skipped);
  }
}
