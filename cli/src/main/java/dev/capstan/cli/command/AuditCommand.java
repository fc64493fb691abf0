package dev.capstan.cli.command;

import dev.capstan.api.AuditView;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.Table;
import dev.capstan.cli.view.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code capstan audit}. */
@Command(name = "audit", description = "Say who did what, and what was refused; the oldest first.")
final class AuditCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Option(
      names = "--after",
      paramLabel = "N",
      defaultValue = "0",
      description = "Go on after the entry of that number.")
  private long after;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "At most so many. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Override
  public Integer call() {
    try (Session session = common.open(false)) {
      List<AuditView> entries = session.client().audit(after, limit);
      if (common.json()) {
        common.print(entries);
        return ExitCodes.OK;
      }
      Table table = new Table("N", "AT", "WHO", "OUTCOME", "ACTION", "RESOURCE", "REASON", "FROM");
      entries.forEach(entry ->
          table.row(
              String.valueOf(entry.position()),
              entry.at().toString(),
              Terminal.visible(entry.who()),
              entry.outcome(),
              Terminal.visible(entry.action()),
              Terminal.visible(entry.resource()),
              Terminal.visible(entry.reason()),
              entry.address()));
      table.lines().forEach(common.terminal()::line);
      return ExitCodes.OK;
    }
  }
}
