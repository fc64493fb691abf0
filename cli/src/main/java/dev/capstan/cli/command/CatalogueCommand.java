package dev.capstan.cli.command;

import dev.capstan.api.CatalogueEntry;
import dev.capstan.cli.view.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code capstan catalogue}. */
@Command(
    name = "catalogue",
    description =
        "Show what can be planned by rules, without a model; with words, what is nearest to them.",
    footerHeading = "%nExamples:%n",
    footer = {"  capstan catalogue", "  capstan catalogue unused code"})
final class CatalogueCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Parameters(arity = "0..*", paramLabel = "WORD", description = "What you look for.")
  private List<String> words = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    try (var session = common.open(false)) {
      List<CatalogueEntry> entries = session.client().catalogue(String.join(" ", words));
      if (common.json()) {
        common.print(entries);
        return ExitCodes.OK;
      }
      Table table = new Table("ID", "BUILT BY", "WHAT IT DOES");
      for (CatalogueEntry entry : entries) {
        String builds = entry.builds().isEmpty() ? "any" : String.join(" ", entry.builds());
        table.row(entry.id(), builds, entry.title());
      }
      table.lines().forEach(common.terminal()::line);
      return ExitCodes.OK;
    }
  }
}
