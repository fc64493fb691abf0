package dev.capstan.cli.command;

import dev.capstan.cli.session.Client;
import dev.capstan.cli.view.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code capstan servers}. */
@Command(
    name = "servers",
    description = {
      "List the servers of the installation, with how long ago each was heard.",
      "One that is \"lost\" died or is cut off: others do its duties and lead its runs."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  capstan servers", "  capstan servers --json"})
final class ServersCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Override
  public Integer call() {
    return common.list(
        Client::servers,
        new Table("SERVER", "STATE", "HEARD", "VERSION", "MACHINE", "URL"),
        (table, one) ->
            table.row(
                one.id(),
                one.state(),
                one.silentSeconds() + " s ago",
                one.version(),
                one.name(),
                one.url()));
  }
}
