package dev.capstan.core.run;

import dev.capstan.core.CommitId;
import dev.capstan.core.StepId;
import dev.capstan.core.evidence.Expectations;
import dev.capstan.core.plan.Step;
import java.util.List;

/** Work for a worker, complete in itself: it names commits and artifacts, never paths. */
public sealed interface Task {
  /** Unique among the tasks that a run can have at one time. */
  String key();

  /** Fetch the repository and find the base commit; an empty name is the default branch. */
  record Prepare(String base) implements Task {
    @Override
    public String key() {
      return "prepare";
    }
  }

  /** Measure the base commit. */
  record MeasureBaseline(CommitId base) implements Task {
    @Override
    public String key() {
      return "baseline";
    }
  }

  /** Let an engine change a clone of {@code attempt.from}. */
  record Execute(Step step, Attempt attempt) implements Task {
    @Override
    public String key() {
      return "execute/" + step.id() + '/' + attempt.number();
    }
  }

  /** Measure {@code commit} and compare with the baseline. */
  record Verify(Step step, Attempt attempt, CommitId commit, Run.Base base, Baseline baseline)
      implements Task {
    @Override
    public String key() {
      return "verify/" + step.id() + '/' + attempt.number();
    }
  }

  /** Put the changes of verified steps onto the tip, in order. */
  record Integrate(CommitId tip, List<Contribution> contributions) implements Task {
    /** One step's commit. */
    public record Contribution(StepId step, CommitId commit) {}

    public Integrate {
      contributions = List.copyOf(contributions);
    }

    @Override
    public String key() {
      return "integrate";
    }
  }

  /** Measure the branch as a whole. */
  record VerifyTip(CommitId tip, Run.Base base, Baseline baseline, Expectations expectations)
      implements Task {
    @Override
    public String key() {
      return "verify-tip";
    }
  }

  /** Push the branch and open the pull request. */
  record Deliver(CommitId tip, Run.Base base) implements Task {
    @Override
    public String key() {
      return "deliver";
    }
  }

  /** Tell the run that the time is up. */
  record Wake(Timer timer) implements Task {
    @Override
    public String key() {
      return switch (timer) {
        case Timer.RunLimit _ -> "wake/run";
        case Timer.BarrierLimit(StepId step) -> "wake/barrier/" + step;
      };
    }
  }
}
