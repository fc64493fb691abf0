package dev.capstan.cli.command;

import dev.capstan.api.DutyView;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code capstan duties}. */
@Command(
    name = "duties",
    description = {
      "List what one server does now and then for all, with how it went the last time, when, and",
      "by which server."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  capstan duties", "  capstan duties --json"})
final class DutiesCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Override
  public Integer call() {
    try (Session session = common.open(false)) {
      List<DutyView> all = session.client().duties();
      if (common.json()) {
        common.print(all);
        return ExitCodes.OK;
      }
      Table table = new Table("DUTY", "EVERY", "STATE", "BEGUN", "SERVER", "OUTCOME");
      for (DutyView one : all) {
        table.row(
            one.name(),
            one.everySeconds() + " s",
            one.state(),
            one.begunAt(),
            one.server(),
            one.outcome());
      }
      table.lines().forEach(common.terminal()::line);
      return ExitCodes.OK;
    }
  }
}
