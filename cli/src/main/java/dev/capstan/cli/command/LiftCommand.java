package dev.capstan.cli.command;

import dev.capstan.api.Action;
import dev.capstan.api.ActionRequest;
import dev.capstan.cli.session.Client;
import dev.capstan.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code capstan lift}. */
@Command(
    name = "lift",
    description =
        "Let what was halted go on: a run, a project or everything. Runs that were paused before stay so.",
    footerHeading = "%nExamples:%n",
    footer = {"  capstan lift RUN", "  capstan lift --project shop", "  capstan lift --all --json"})
final class LiftCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();
  @Mixin private HaltTarget target = new HaltTarget();

  @Override
  public Integer call() {
    String project = target.project();
    try (Session session = common.open(false)) {
      Client client = session.client();
      if (target.run().isEmpty()) {
        Halted.show(common, client.lift(project));
      } else {
        Halted.show(common, client.act(target.run(), Action.LIFT, new ActionRequest("", ""), 0));
      }
      return ExitCodes.OK;
    }
  }
}
