package dev.capstan.core.run;

import dev.capstan.core.CommitId;
import dev.capstan.core.StepId;
import dev.capstan.core.plan.Step;
import java.util.List;

/**
 * A run: one goal on one project. An immutable value; {@link RunDecider} says what may happen to it
 * and {@link RunHistory} what it becomes.
 */
public sealed interface Run {
  /** The nine words people see. */
  enum Status {
    PENDING,
    PLANNING,
    PLANNED,
    RUNNING,
    PAUSED,
    BLOCKED,
    FAILED,
    CANCELLED,
    COMPLETED
  }

  /** Not yet created. */
  record Absent() implements Run {}

  /** Created; everything but {@link Absent}. */
  sealed interface Known extends Run {
    Brief brief();
  }

  /** Has work to do, so it holds one of its project's slots. */
  sealed interface Active extends Known {}

  /** Created, not yet started. */
  record Pending(Brief brief) implements Known {}

  /** The repository is being fetched. */
  record Preparing(Brief brief, int failures) implements Active {}

  /** The base commit is being measured. */
  record Measuring(Brief brief, Base base, int failures) implements Active {}

  /** The plan waits for a person. */
  record Planned(Brief brief, Base base, Baseline baseline) implements Known {}

  /** Steps are carried out. */
  record Working(Brief brief, Base base, Baseline baseline, Progress progress) implements Active {
    /** A step as it was planned. Throws {@link IllegalArgumentException} if there is none. */
    public Step planned(StepId step) {
      return brief.plan().steps().get(progress.states().place(step));
    }
  }

  /** The change is handed to the forge. */
  record Delivering(Brief brief, Base base, Baseline baseline, Progress progress, int failures)
      implements Active {}

  /** Why no work is handed out. */
  enum Hold {
    /** A person paused it, or a stop point did; what was under way still ends and reports. */
    PAUSE,
    /** The run was halted: what was under way was stopped, and begins again later. */
    HALT,
    /** The same, because its project, its organisation or the installation was halted. */
    HALT_ABOVE,
    /** The same, because a budget has no room for a call of a model. */
    BUDGET
  }

  /** No work is handed out before somebody lets it go on. */
  record Paused(Active within, String why, Hold hold) implements Known {
    Paused(Active within, String why) {
      this(within, why, Hold.PAUSE);
    }

    @Override
    public Brief brief() {
      return within.brief();
    }
  }

  /** Nothing can go on before a person acts. */
  record Blocked(Active within, String why) implements Known {
    @Override
    public Brief brief() {
      return within.brief();
    }
  }

  /** It is over; {@code last} is how far it had come, {@code after} what was heard since. */
  record Ended(Known last, Outcome outcome, Aftermath after) implements Known {
    @Override
    public Brief brief() {
      return last.brief();
    }
  }

  /**
   * Where a run starts.
   *
   * @param commit its tree is what the change is compared with
   * @param branch what the pull request is to be merged into
   */
  record Base(CommitId commit, String branch) {}

  /** How a run ended. */
  sealed interface Outcome {
    /**
     * Pull requests were opened.
     *
     * @param pullRequests at least one; each is to be merged before the one after it
     */
    record Delivered(List<PullRequest> pullRequests) implements Outcome {
      public Delivered {
        pullRequests = List.copyOf(pullRequests);
        if (pullRequests.isEmpty()) {
          throw new IllegalArgumentException("nothing is delivered without a pull request");
        }
      }

      /** The one whose branch holds the whole change. */
      public PullRequest whole() {
        return pullRequests.getLast();
      }
    }

    /** Every step is done and no file changed. */
    record NothingToDeliver() implements Outcome {}

    /** It could not be done. */
    record Failed(String reason) implements Outcome {}

    /** A person ended it. */
    record Cancelled(String reason) implements Outcome {}
  }

  /** The word for people. */
  default Status status() {
    return switch (this) {
      case Absent _, Pending _ -> Status.PENDING;
      case Preparing _, Measuring _ -> Status.PLANNING;
      case Planned _ -> Status.PLANNED;
      case Working _, Delivering _ -> Status.RUNNING;
      case Paused _ -> Status.PAUSED;
      case Blocked _ -> Status.BLOCKED;
      case Ended(_, Outcome.Delivered _, _), Ended(_, Outcome.NothingToDeliver _, _) ->
          Status.COMPLETED;
      case Ended(_, Outcome.Failed _, _) -> Status.FAILED;
      case Ended(_, Outcome.Cancelled _, _) -> Status.CANCELLED;
    };
  }
}
