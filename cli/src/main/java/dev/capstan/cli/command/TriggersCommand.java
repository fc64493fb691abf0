package dev.capstan.cli.command;

import dev.capstan.api.TriggerView;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.Table;
import dev.capstan.cli.view.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code capstan triggers}. */
@Command(
    name = "triggers",
    description =
        "List the rules of triggers.yaml, by which events begin runs: see docs/triggers.md.")
final class TriggersCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Override
  public Integer call() {
    try (Session session = common.open(false)) {
      List<TriggerView> triggers = session.client().triggers();
      if (common.json()) {
        common.print(triggers);
        return ExitCodes.OK;
      }
      Table table = new Table("TRIGGER", "ON", "PROJECT", "TEMPLATE", "LAST RUN");
      for (TriggerView trigger : triggers) {
        table.row(
            trigger.name(),
            Terminal.visible(trigger.on()),
            Terminal.visible(trigger.project()),
            trigger.template(),
            trigger.lastRuns().isEmpty()
                ? "none yet"
                : Terminal.visible(trigger.lastRuns().getFirst()));
      }
      table.lines().forEach(common.terminal()::line);
      return ExitCodes.OK;
    }
  }
}
