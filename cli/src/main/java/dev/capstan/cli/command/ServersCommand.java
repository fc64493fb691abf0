package dev.capstan.cli.command;

import dev.capstan.api.ServerView;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.Table;
import java.util.List;
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
    try (Session session = common.open(false)) {
      List<ServerView> all = session.client().servers();
      if (common.json()) {
        common.print(all);
        return ExitCodes.OK;
      }
      Table table = new Table("SERVER", "STATE", "HEARD", "VERSION", "MACHINE", "URL");
      for (ServerView one : all) {
        table.row(
            one.id(),
            one.state(),
            one.silentSeconds() + " s ago",
            one.version(),
            one.name(),
            one.url());
      }
      table.lines().forEach(common.terminal()::line);
      return ExitCodes.OK;
    }
  }
}
