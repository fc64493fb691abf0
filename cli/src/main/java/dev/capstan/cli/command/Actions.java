package dev.capstan.cli.command;

import dev.capstan.api.Action;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The commands that ask something of a run. */
final class Actions {
  private Actions() {}

  /** One whose comment is what it is about, so it needs no option. */
  abstract static class Saying extends ActionCommand {
    @Parameters(
        index = "2",
        arity = "0..1",
        paramLabel = "TEXT",
        defaultValue = "",
        description = "What to say. Default: what --comment says.")
    private String text = "";

    Saying(Action action) {
      super(action);
    }

    @Override
    String comment() {
      return text.isEmpty() ? super.comment() : text;
    }
  }

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

  @Command(
      name = "continue",
      description =
          "Try a step again that was given up, from what its last attempt has left instead of afresh."
              + " The artifact left.diff shows what that is.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  capstan continue RUN STEP --follow",
        "  capstan instruct RUN STEP \"the tests need a clock\" && capstan continue RUN STEP"
      })
  static final class Continue extends ActionCommand {
    Continue() {
      super(Action.CONTINUE);
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
  static final class Answer extends Saying {
    Answer() {
      super(Action.ANSWER);
    }
  }

  @Command(
      name = "instruct",
      description =
          "Tell the engine that is at work on a step something, and those that try the step later.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  capstan instruct RUN STEP \"leave the public API as it is\"",
        "  capstan instruct RUN STEP --comment \"$(cat hint.txt)\" --json"
      })
  static final class Instruct extends Saying {
    Instruct() {
      super(Action.INSTRUCT);
    }
  }

  @Command(
      name = "rerun",
      description =
          "Take a run back to before a step, and go on from there. Later work is kept under hidden refs."
              + " A run that is over is forked instead.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  capstan rerun RUN STEP --comment \"with the new library\" --follow",
        "  capstan fork RUN --before STEP        # of a run that is over"
      })
  static final class Rerun extends ActionCommand {
    Rerun() {
      super(Action.RERUN);
    }
  }

  @Command(
      name = "next",
      description = "Let a paused run go on for one step, after which it pauses again.",
      footerHeading = "%nExamples:%n",
      footer = "  capstan next RUN --follow")
  static final class Next extends ActionCommand {
    Next() {
      super(Action.NEXT);
    }
  }

  @Command(
      name = "measure",
      description =
          "Measure once more what a person is asked about: a step, or the branch as a whole.",
      footerHeading = "%nExamples:%n",
      footer = {"  capstan measure RUN STEP --follow", "  capstan measure RUN"})
  static final class Measure extends ActionCommand {
    Measure() {
      super(Action.VERIFY);
    }
  }

  @Command(
      name = "deliver",
      description =
          "Open the pull request with what is verified so far; steps that are not done are skipped.",
      footerHeading = "%nExamples:%n",
      footer = "  capstan deliver RUN --comment \"the rest can wait\" --follow")
  static final class Deliver extends ActionCommand {
    Deliver() {
      super(Action.DELIVER);
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
