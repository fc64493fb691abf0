package dev.capstan.cli.command;

import dev.capstan.cli.session.Client;
import dev.capstan.cli.view.Table;
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
    return common.list(
        Client::duties,
        new Table("DUTY", "EVERY", "STATE", "BEGUN", "SERVER", "OUTCOME"),
        (table, one) ->
            table.row(
                one.name(),
                one.everySeconds() + " s",
                one.state(),
                one.begunAt(),
                one.server(),
                one.outcome()));
  }
}
