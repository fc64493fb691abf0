package dev.capstan.core.run;

import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.plan.PlanFault;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Why a command was not accepted. Nothing changed. */
public sealed interface Refusal {
  /** One sentence that says what is wrong. */
  String message();

  /** The plan cannot be carried out. */
  record BadPlan(List<PlanFault> faults) implements Refusal {
    public BadPlan {
      faults = List.copyOf(faults);
    }

    @Override
    public String message() {
      return faults.stream().map(PlanFault::message).collect(Collectors.joining("; "));
    }
  }

  /** There is already such a run. */
  record AlreadyExists(RunId run) implements Refusal {
    @Override
    public String message() {
      return "run " + run + " exists already";
    }
  }

  /** There is no such run. */
  record NoSuchRun() implements Refusal {
    @Override
    public String message() {
      return "there is no such run";
    }
  }

  /** The plan has no such step. */
  record NoSuchStep(StepId step) implements Refusal {
    @Override
    public String message() {
      return "the plan has no step " + step;
    }
  }

  /** The run is over. */
  record RunEnded(Run.Status status) implements Refusal {
    @Override
    public String message() {
      return "the run is over: it is " + status.name().toLowerCase(Locale.ROOT);
    }
  }

  /** The run's state does not allow it. */
  record NotNow(Run.Status status, String what) implements Refusal {
    @Override
    public String message() {
      return "cannot " + what + " while the run is " + status.name().toLowerCase(Locale.ROOT);
    }
  }

  /** The step's state does not allow it. */
  record StepNotNow(StepId step, StepState.Status status, String what) implements Refusal {
    @Override
    public String message() {
      return "cannot "
          + what
          + " step "
          + step
          + " while it is "
          + status.name().toLowerCase(Locale.ROOT);
    }
  }

  /** A person tells the engines of a step more than is kept. */
  record ToldEnough(StepId step, int most) implements Refusal {
    @Override
    public String message() {
      return "step " + step + " was told " + most + " things, and no more are kept";
    }
  }

  /** There is nothing that an attempt could go on with. */
  record NothingToContinue(StepId step, String why) implements Refusal {
    @Override
    public String message() {
      return "cannot continue step " + step + ": " + why;
    }
  }

  /** There is nothing that could be delivered. */
  record NothingVerified() implements Refusal {
    @Override
    public String message() {
      return "nothing can be delivered: no step is verified yet";
    }
  }

  /** A report about something that is no longer under way. */
  record Stale(String what) implements Refusal {
    @Override
    public String message() {
      return "the report is stale: " + what;
    }
  }
}
