package dev.capstan.server.rest;

import dev.capstan.api.RunView;
import dev.capstan.api.RunView.AttemptView;
import dev.capstan.api.RunView.CheckView;
import dev.capstan.api.RunView.OriginView;
import dev.capstan.api.RunView.StepView;
import dev.capstan.api.RunView.ViolationView;
import dev.capstan.api.SpendingView;
import dev.capstan.control.records.RunQueries.Found;
import dev.capstan.control.story.AttemptStory;
import dev.capstan.control.story.AttemptStory.Stage;
import dev.capstan.control.story.Heard;
import dev.capstan.control.story.RunStory;
import dev.capstan.control.story.StepStory;
import dev.capstan.core.CommitId;
import dev.capstan.core.StepId;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.core.plan.Step;
import dev.capstan.core.policy.Policy;
import dev.capstan.core.run.Baseline;
import dev.capstan.core.run.Change;
import dev.capstan.core.run.Failure;
import dev.capstan.core.run.Lane;
import dev.capstan.core.run.PullRequest;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.StepState;
import dev.capstan.models.records.ModelCallQueries.Spent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A run as the API shows it. */
final class RunViews {
  private final AttemptConflicts conflicts;

  private RunViews(AttemptConflicts conflicts) {
    this.conflicts = conflicts;
  }

  static RunView view(Found found, RunStory story, AttemptConflicts conflicts, Spent spent) {
    return new RunViews(conflicts).view(found, story, spent);
  }

  private static SpendingView spending(Spent spent) {
    return new SpendingView(
        spent.calls(),
        spent.input(),
        spent.cached(),
        spent.output(),
        spent.unmetered(),
        Dollars.of(spent.microDollars()),
        spent.unpriced(),
        spent.answeredAgain(),
        spent.saved());
  }

  static List<StepView> steps(RunStory story, AttemptConflicts conflicts) {
    RunViews views = new RunViews(conflicts);
    return story.steps().stream().map(views::step).toList();
  }

  private RunView view(Found found, RunStory story, Spent spent) {
    Run.Known run = found.run();
    return new RunView(
        run.brief().run().value(),
        run.brief().project().value(),
        run.brief().goal(),
        lower(run.status()),
        reason(run),
        activity(run),
        found.version(),
        found.createdAt(),
        found.updatedAt(),
        story.base().map(base -> base.commit().value()).orElse(""),
        story.base().map(Run.Base::branch).orElse(""),
        story.baseline().map(Baseline::summary).orElse(""),
        story.progress().map(progress -> progress.tip().value()).orElse(""),
        pullRequests(run).isEmpty() ? "" : pullRequests(run).getLast(),
        pullRequests(run),
        story.steps().stream().map(this::step).toList(),
        needs(run, story),
        policy(run.brief().policy().rules()),
        Heard.of(run).ci(),
        Heard.of(run).lines(),
        story
            .origin()
            .map(origin -> new OriginView(origin.run().value(), origin.version()))
            .orElse(OriginView.NONE),
        spending(spent));
  }

  private static String reason(Run.Known run) {
    return switch (run) {
      case Run.Paused(_, var why, _) -> why;
      case Run.Blocked(_, var why) -> why;
      case Run.Ended(_, Run.Outcome.Failed(var reason), _) -> reason;
      case Run.Ended(_, Run.Outcome.Cancelled(var reason), _) -> reason;
      case Run.Ended(_, Run.Outcome.NothingToDeliver _, _) ->
          "every step is done and no file changed, so there is nothing to deliver";
      case Run.Ended(_, Run.Outcome.Delivered _, _) -> "";
      case Run.Pending _, Run.Planned _, Run.Active _ -> "";
    };
  }

  private static String activity(Run.Known run) {
    return switch (run) {
      case Run.Pending _ -> "not started";
      case Run.Preparing _ -> "fetching the repository";
      case Run.Measuring _ -> "measuring the base commit";
      case Run.Planned _ -> "the plan waits for approval";
      case Run.Working w -> working(w);
      case Run.Delivering _ -> "opening the pull request";
      case Run.Paused(_, _, Run.Hold hold) ->
          switch (hold) {
            case PAUSE -> "paused";
            case HALT, HALT_ABOVE -> "halted";
            case BUDGET -> "parked, as a budget is spent";
          };
      case Run.Blocked _ -> "waits for a person";
      case Run.Ended _ -> "";
    };
  }

  private static String working(Run.Working w) {
    return switch (w.progress().lane()) {
      case Lane.Integrating(var steps, _) -> "joining " + steps.size() + " verified steps";
      case Lane.VerifyingTip _ -> "measuring the branch as a whole";
      case Lane.Free _, Lane.TipHeld _ -> "carrying out the plan";
    };
  }

  private static List<String> pullRequests(Run.Known run) {
    return run instanceof Run.Ended(_, Run.Outcome.Delivered(var pullRequests), _)
        ? pullRequests.stream().map(PullRequest::url).toList()
        : List.of();
  }

  private StepView step(StepStory story) {
    Step step = story.step();
    return new StepView(
        step.id().value(),
        step.kind(),
        step.title(),
        step.reason(),
        lower(story.state().status()),
        detail(story.state()),
        step.barrier().steps().stream().map(StepId::value).toList(),
        step.scope().globs(),
        story.attempts().stream().map(attempt -> attempt(step, attempt)).toList());
  }

  private static String detail(StepState state) {
    return switch (state) {
      case StepState.Executing _ -> "executing";
      case StepState.Verifying _ -> "verifying";
      case StepState.Verified _ -> "verified, joins the branch next";
      case StepState.NeedsQa q -> String.join("; ", q.reasons());
      case StepState.Skipped(var reason) -> reason;
      case StepState.Blocked(_, var reason) -> reason;
      case StepState.Asking(_, var question) -> "asks: " + question;
      case StepState.Failed(_, var reason) -> reason;
      case StepState.Pending _, StepState.Completed _, StepState.Cancelled _ -> "";
    };
  }

  private AttemptView attempt(Step step, AttemptStory story) {
    Stage stage = story.stage();
    Change change = story.change();
    return new AttemptView(
        story.attempt().number(),
        String.join(" ", step.engines().get(story.attempt().engine()).arguments()),
        lower(stage),
        story.startedAt(),
        story.took().toMillis(),
        story.commit().map(CommitId::value).orElse(""),
        change.files(),
        change.linesAdded(),
        change.linesDeleted(),
        story.judged().map(judged -> checks(judged.evidence())).orElse(List.of()),
        violations(story),
        story.failure().map(Failure::message).orElse(""),
        story.judged().map(Stage.Judged::asked).orElse(List.of()),
        story.judged().map(Stage.Judged::approval).orElse(""),
        story.judged().map(judged -> judged.evidence().confidence().inWords()).orElse(""),
        story.judged().map(judged -> ignored(judged.evidence())).orElse(List.of()),
        conflicts.of(step.id(), story));
  }

  private static String policy(Policy policy) {
    return policy.pack().isEmpty() ? "" : policy.pack() + " version " + policy.version();
  }

  private static List<String> ignored(Evidence evidence) {
    return evidence.ignored().stream()
        .map(i -> i.count() + " " + i.category() + ": " + i.reason())
        .toList();
  }

  private static List<CheckView> checks(Evidence evidence) {
    return evidence.checks().stream()
        .map(check -> new CheckView(check.name().name(), check.verdict().name(), check.reason()))
        .toList();
  }

  private static List<ViolationView> violations(AttemptStory story) {
    return story.violations().stream()
        .map(v -> new ViolationView(v.category().name(), v.subject(), v.detail()))
        .toList();
  }

  /** The commands that let a run go on which cannot by itself. */
  private static List<String> needs(Run.Known run, RunStory story) {
    String id = run.brief().run().value();
    return switch (run) {
      case Run.Pending _ -> List.of("capstan start " + id);
      case Run.Planned _ -> List.of("capstan approve " + id, "capstan reject " + id);
      case Run.Paused(_, _, Run.Hold hold) ->
          switch (hold) {
            case PAUSE -> List.of("capstan resume " + id);
            case HALT -> List.of("capstan lift " + id);
            case HALT_ABOVE -> List.of("capstan lift, see capstan status");
            case BUDGET -> List.of("capstan budget top-up, and then capstan resume " + id);
          };
      case Run.Blocked(Run.Working w, _) -> blocked(id, w, story);
      case Run.Blocked _ -> List.of("capstan retry " + id, "capstan cancel " + id);
      case Run.Working _ -> steps(id, story);
      case Run.Active _, Run.Ended _ -> List.of();
    };
  }

  private static List<String> blocked(String id, Run.Working w, RunStory story) {
    List<String> needs = new ArrayList<>(steps(id, story));
    if (w.progress().lane() instanceof Lane.TipHeld(_, var approvable)) {
      needs.add("capstan retry " + id);
      if (approvable) {
        needs.add("capstan approve " + id);
      }
    } else if (needs.isEmpty()) {
      needs.add("capstan retry " + id);
    }
    return needs;
  }

  private static List<String> steps(String id, RunStory story) {
    List<String> needs = new ArrayList<>();
    for (StepStory step : story.steps()) {
      String target = id + ' ' + step.step().id();
      if (step.state() instanceof StepState.NeedsQa) {
        needs.add("capstan approve " + target);
        needs.add("capstan reject " + target);
      } else if (step.state() instanceof StepState.Asking) {
        needs.add("capstan answer " + target + " TEXT");
        needs.add("capstan skip " + target);
      } else if (step.state() instanceof StepState.Blocked) {
        needs.add("capstan retry " + target);
        needs.add("capstan skip " + target);
      }
    }
    return needs;
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  private static String lower(Stage stage) {
    return stage.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
