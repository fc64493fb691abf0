package dev.capstan.cli.command;

import dev.capstan.cli.session.Client;
import dev.capstan.cli.view.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code capstan workers}. */
@Command(
    name = "workers",
    description = {
      "List the workers that are connected to any server: what they can do, what they do now,",
      "how long ago they were heard, and by which server."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  capstan workers", "  capstan workers --json"})
final class WorkersCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Override
  public Integer call() {
    return common.list(
        Client::workers,
        new Table("WORKER", "TASKS", "WAITING", "DONE", "HEARD", "SERVER", "ENGINES", "LABELS"),
        (table, one) ->
            table.row(
                one.draining() ? one.name() + " (draining)" : one.name(),
                one.underWay() + " of " + one.capacity(),
                String.valueOf(one.waiting()),
                String.valueOf(one.given()),
                one.silentSeconds() + " s ago",
                one.server(),
                String.join(" ", one.engines()),
                String.join(" ", one.labels())));
  }
}
