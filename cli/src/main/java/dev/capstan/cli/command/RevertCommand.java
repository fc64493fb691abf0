package dev.capstan.cli.command;

import dev.capstan.api.RevertRun;
import dev.capstan.cli.session.Client;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code capstan revert}. */
@Command(
    name = "revert",
    description =
        "Take back what a run delivered: a new run undoes its commits on today's default branch, up to a verified"
            + " pull request.")
final class RevertCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();
  @Mixin private RunTarget target = new RunTarget();

  @Option(
      names = "--detach",
      description = "Create the run and return; capstan resume goes on with it.")
  private boolean detach;

  private String delivered = "";

  @Override
  public Integer call() {
    String id = RunIds.next();
    if (detach) {
      try (var session = common.open(false)) {
        revert(session.client(), id, false);
        common.terminal().line(id);
        return ExitCodes.OK;
      }
    }
    return Following.follow(common, client -> revert(client, id, true));
  }

  /**
   * May be repeated; by then the newest run may be the new one, so the target is looked up once.
   */
  private String revert(Client client, String id, boolean start) {
    if (delivered.isEmpty()) {
      delivered = target.resolve(client);
    }
    return client.revert(delivered, new RevertRun(id, start)).id();
  }
}
