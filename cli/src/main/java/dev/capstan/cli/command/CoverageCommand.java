package dev.capstan.cli.command;

import dev.capstan.api.IndexCoverage;
import dev.capstan.api.IndexCoverage.IndexedFile;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.Table;
import dev.capstan.cli.view.Terminal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code capstan coverage}. */
@Command(
    name = "coverage",
    description = "Show what of a project can be found by search, and what cannot and why.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  capstan coverage --project shop",
      "  capstan coverage --project shop --state skipped   name the files"
    })
final class CoverageCommand implements Callable<Integer> {
  private static final List<String> STATES =
      List.of("indexed", "partial", "skipped", "opted out", "failed");

  @Mixin private Common common = new Common();
  @Mixin private TreeTarget target = new TreeTarget();

  @Option(
      names = "--state",
      paramLabel = "STATE",
      defaultValue = "",
      description = "Name the files that are indexed, partial, skipped, 'opted out' or failed.")
  private String state = "";

  @Override
  public Integer call() {
    try (Session session = common.open(false)) {
      IndexCoverage coverage =
          session
              .client()
              .coverage(
                  target.project(session.client()),
                  Map.of("tree", List.of(target.tree()), "state", List.of(state)));
      if (common.json()) {
        common.print(coverage);
      } else {
        show(coverage);
      }
      return ExitCodes.OK;
    }
  }

  private void show(IndexCoverage coverage) {
    Terminal terminal = common.terminal();
    terminal.line(coverage.files() + " files of " + Terminal.visible(coverage.tree()));
    Table states = new Table("LANGUAGE", "INDEXED", "PARTIAL", "SKIPPED", "OPTED OUT", "FAILED");
    new TreeMap<>(coverage.languages()).forEach((name, counts) -> row(states, name, counts));
    row(states, "all", coverage.states());
    states.lines().forEach(terminal::line);
    new TreeMap<>(coverage.reasons())
        .forEach(
            (why, count) -> terminal.line("  %d × %s".formatted(count, Terminal.visible(why))));
    for (IndexedFile file : coverage.shown()) {
      terminal.line(Terminal.visible(file.path() + "  " + file.why()));
    }
  }

  private static void row(Table table, String name, Map<String, Integer> counts) {
    List<String> cells =
        STATES.stream().map(state -> String.valueOf(counts.getOrDefault(state, 0))).toList();
    table.row(name, cells.get(0), cells.get(1), cells.get(2), cells.get(3), cells.get(4));
  }
}
