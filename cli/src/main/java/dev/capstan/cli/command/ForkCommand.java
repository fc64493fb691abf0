package dev.capstan.cli.command;

import dev.capstan.api.ErrorCode;
import dev.capstan.api.ForkRun;
import dev.capstan.api.RunView;
import dev.capstan.cli.session.ApiFailure;
import dev.capstan.cli.session.Client;
import dev.capstan.cli.session.Session;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code capstan fork}. */
@Command(
    name = "fork",
    description =
        "Begin a new run where another one was, at any event of it. Steps that were done then are done; the others"
            + " are done afresh. Nothing of the other run changes.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  capstan fork RUN --before STEP",
      "  capstan fork RUN --at 12 --engine tests=openrewrite   # capstan logs --events RUN has the numbers",
      "  capstan fork RUN --detach --json"
    })
final class ForkCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();
  @Mixin private RunTarget target = new RunTarget();

  @Option(
      names = "--at",
      paramLabel = "VERSION",
      defaultValue = "0",
      description = "After so many events of the run. Default: as it is now.")
  private long at;

  @Option(
      names = "--before",
      paramLabel = "STEP",
      defaultValue = "",
      description = "Where that step was yet to begin.")
  private String before = "";

  @Option(
      names = "--engine",
      paramLabel = "STEP=ENGINE",
      description = "Which of its engines performs a step first.")
  private Map<String, String> engines = new HashMap<>();

  @Option(
      names = "--detach",
      description = "Create the run and return; capstan resume goes on with it.")
  private boolean detach;

  private String origin = "";

  @Override
  public Integer call() {
    if (at != 0 && !before.isEmpty()) {
      throw new ApiFailure(ErrorCode.INVALID, "give either --at or --before");
    }
    String id = RunIds.next();
    if (!detach) {
      return Following.follow(common, client -> fork(client, id, true).id());
    }
    try (Session session = common.open(false)) {
      RunView run = fork(session.client(), id, false);
      if (common.json()) {
        common.print(run);
      } else {
        common.terminal().line(id);
      }
      return ExitCodes.OK;
    }
  }

  /** May be repeated; by then the newest run may be the new one, so it is looked up once. */
  private RunView fork(Client client, String id, boolean start) {
    if (origin.isEmpty()) {
      origin = target.resolve(client);
      at = at == 0 && before.isEmpty() ? client.run(origin).version() : at;
    }
    return client.fork(origin, new ForkRun(id, at, before, engines, start));
  }
}
