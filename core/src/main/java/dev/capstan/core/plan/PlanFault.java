package dev.capstan.core.plan;

import dev.capstan.core.StepId;
import java.util.List;
import java.util.stream.Collectors;

/** Why a plan is refused. */
public sealed interface PlanFault {
  /** One sentence that says what is wrong and where. */
  String message();

  /** A plan without steps. */
  record Empty() implements PlanFault {
    @Override
    public String message() {
      return "the plan has no steps";
    }
  }

  /** More steps than a plan may have. */
  record TooLarge(int steps, int most) implements PlanFault {
    @Override
    public String message() {
      return "the plan has " + steps + " steps; at most " + most + " are allowed, split the goal";
    }
  }

  /** Two steps with one id. */
  record Duplicate(StepId step) implements PlanFault {
    @Override
    public String message() {
      return "step " + step + " stands in the plan more than once";
    }
  }

  /** A barrier names a step that is not in the plan. */
  record UnknownDependency(StepId step, StepId dependency) implements PlanFault {
    @Override
    public String message() {
      return "step " + step + " waits for " + dependency + ", which is not in the plan";
    }
  }

  /** Steps that wait for one another; the first is repeated at the end. */
  record Cycle(List<StepId> path) implements PlanFault {
    public Cycle {
      path = List.copyOf(path);
    }

    @Override
    public String message() {
      return "steps wait for one another: "
          + path.stream().map(StepId::value).collect(Collectors.joining(" -> "));
    }
  }

  /** A scope that leaves the repository or names what no step may change. */
  record EscapingScope(StepId step, String glob) implements PlanFault {
    @Override
    public String message() {
      return "step "
          + step
          + " has the scope \""
          + glob
          + "\", which is not a path inside the repository";
    }
  }

  /** A step that nothing can perform. */
  record NothingToDo(StepId step, String why) implements PlanFault {
    @Override
    public String message() {
      return "step " + step + " cannot be performed: " + why;
    }
  }

  /** Steps cannot be put where they were asked to be. */
  record NoPlace(StepId step, String why) implements PlanFault {
    @Override
    public String message() {
      return "no step can be put before or after " + step + ": " + why;
    }
  }

  /** A step has an engine that policy does not allow. */
  record ForbiddenEngine(StepId step, String engine, String allowed) implements PlanFault {
    @Override
    public String message() {
      return "step "
          + step
          + " needs the engine "
          + engine
          + ", which policy does not allow; "
          + allowed;
    }
  }
}
