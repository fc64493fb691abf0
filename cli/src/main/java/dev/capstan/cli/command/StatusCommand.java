package dev.capstan.cli.command;

import dev.capstan.api.RunSummary;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code capstan status}. */
@Command(name = "status", description = "List the runs, newest first.")
final class StatusCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Override
  public Integer call() {
    try (Session session = common.open(false)) {
      List<RunSummary> runs = session.client().runs(limit);
      if (common.json()) {
        common.print(runs);
        return ExitCodes.OK;
      }
      Halted.lines(common, session.client().halts());
      Table table = new Table("RUN", "STATUS", "PROJECT", "GOAL");
      runs.forEach(run -> table.row(run.id(), run.status(), run.project(), run.goal()));
      table.lines().forEach(common.terminal()::line);
      return ExitCodes.OK;
    }
  }
}
