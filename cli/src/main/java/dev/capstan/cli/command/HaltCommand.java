package dev.capstan.cli.command;

import dev.capstan.api.Action;
import dev.capstan.api.ActionRequest;
import dev.capstan.cli.session.Client;
import dev.capstan.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code capstan halt}. */
@Command(
    name = "halt",
    description =
        "Emergency stop: end every process that works on a run, a project or everything, now, and begin nothing"
            + " more. No work is lost, and no attempt counts as failed; capstan lift lets it go on.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  capstan halt RUN --reason \"it deletes the wrong files\"",
      "  capstan halt --project shop --reason \"the repository moves\"",
      "  capstan halt --all --reason \"the machine is on fire\" --json"
    })
final class HaltCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();
  @Mixin private HaltTarget target = new HaltTarget();

  @Option(
      names = {"-r", "--reason"},
      required = true,
      paramLabel = "TEXT",
      description = "Why; it is recorded and shown.")
  private String reason = "";

  @Override
  public Integer call() {
    String project = target.project();
    try (Session session = common.open(false)) {
      Client client = session.client();
      if (target.run().isEmpty()) {
        Halted.show(common, client.halt(project, reason));
      } else {
        Halted.show(
            common, client.act(target.run(), Action.HALT, new ActionRequest("", reason), 0));
      }
      return ExitCodes.OK;
    }
  }
}
