package dev.capstan.cli.command;

import dev.capstan.api.Action;
import dev.capstan.api.ActionRequest;
import dev.capstan.api.RunView;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.RunText;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a person asks of a run; one subclass for each action. */
abstract class ActionCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();
  @Mixin private RunTarget target = new RunTarget();

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "STEP",
      defaultValue = "",
      description = "The step. Default: the run as a whole.")
  private String step = "";

  @Option(
      names = {"-m", "--comment"},
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Why; it is recorded and shown.")
  private String comment = "";

  @Option(
      names = "--if-version",
      paramLabel = "N",
      defaultValue = "0",
      description = "Do it only if the run is still at this version.")
  private long expectedVersion;

  @Option(names = "--follow", description = "Then follow the run until it rests.")
  private boolean follow;

  private final Action action;

  ActionCommand(Action action) {
    this.action = action;
  }

  @Override
  public Integer call() {
    String run;
    try (Session session = common.open(false)) {
      run = target.resolve(session.client());
      RunView view =
          session.client().act(run, action, new ActionRequest(step, comment()), expectedVersion);
      if (!follow) {
        show(view);
        return ExitCodes.OK;
      }
    }
    return Following.follow(common, _ -> run);
  }

  String comment() {
    return comment;
  }

  private void show(RunView view) {
    if (common.json()) {
      common.print(view);
    } else {
      new RunText(common.terminal(), common.asOptions())
          .lines(view, Instant.now())
          .forEach(common.terminal()::line);
    }
  }
}
