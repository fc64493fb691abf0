package dev.capstan.cli.command;

import dev.capstan.cli.session.Client;
import dev.capstan.cli.view.Table;
import dev.capstan.cli.view.Terminal;
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
    return common.list(
        Client::triggers,
        new Table("TRIGGER", "ON", "PROJECT", "TEMPLATE", "LAST RUN"),
        (table, trigger) ->
            table.row(
                trigger.name(),
                Terminal.visible(trigger.on()),
                Terminal.visible(trigger.project()),
                trigger.template(),
                trigger.lastRuns().isEmpty()
                    ? "none yet"
                    : Terminal.visible(trigger.lastRuns().getFirst())));
  }
}
