package dev.capstan.cli.command;

import dev.capstan.api.Action;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The commands that ask something of a run. */
final class Actions {
  private Actions() {}

  @Command(name = "start", description = "Start a run that was created with --detach.")
  static final class Start extends ActionCommand {
    Start() {
      super(Action.START);
    }
  }

  @Command(
      name = "approve",
      description =
          "Open the gate of a step, of the plan, or of the branch, that waits for a person.")
  static final class Approve extends ActionCommand {
    Approve() {
      super(Action.APPROVE);
    }
  }

  @Command(
      name = "reject",
      description = "Shut the gate of a step that waits for a person, or turn down the plan.")
  static final class Reject extends ActionCommand {
    Reject() {
      super(Action.REJECT);
    }
  }

  @Command(
      name = "retry",
      description = "Try a blocked step again, or whatever the run is blocked on.")
  static final class Retry extends ActionCommand {
    Retry() {
      super(Action.RETRY);
    }
  }

  @Command(name = "skip", description = "Go on without a step.")
  static final class Skip extends ActionCommand {
    Skip() {
      super(Action.SKIP);
    }
  }

  @Command(
      name = "pause",
      description = "Hand out no more work of a run; what is under way still ends.")
  static final class Pause extends ActionCommand {
    Pause() {
      super(Action.PAUSE);
    }
  }

  @Command(name = "cancel", description = "End a run, and what is under way, now.")
  static final class Cancel extends ActionCommand {
    Cancel() {
      super(Action.CANCEL);
    }
  }

  @Command(
      name = "answer",
      description = "Answer what the engine of a step asked; the step is tried again with it.",
      footerHeading = "%nExamples:%n",
      footer = "  capstan answer RUN STEP \"keep the old name\"")
  static final class Answer extends ActionCommand {
    @Parameters(
        index = "2",
        arity = "0..1",
        paramLabel = "TEXT",
        defaultValue = "",
        description = "The answer. Default: what --comment says.")
    private String text = "";

    Answer() {
      super(Action.ANSWER);
    }

    @Override
    String comment() {
      return text.isEmpty() ? super.comment() : text;
    }
  }

  @Command(
      name = "stop-after",
      description = "Let a run pause once a step is done; capstan resume goes on.")
  static final class StopAfter extends ActionCommand {
    StopAfter() {
      super(Action.STOP_AFTER);
    }
  }

  @Command(name = "go-on-after", description = "Take back a stop point.")
  static final class GoOnAfter extends ActionCommand {
    GoOnAfter() {
      super(Action.GO_ON_AFTER);
    }
  }
}
