package dev.capstan.cli.command;

import dev.capstan.api.SnapshotComparison;
import dev.capstan.api.SnapshotSummary;
import dev.capstan.api.SnapshotView;
import dev.capstan.cli.session.Json;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.SnapshotText;
import dev.capstan.cli.view.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code capstan snapshots}. */
@Command(
    name = "snapshots",
    description =
        "What was measured of commits: build, test cases, coverage. A snapshot is named by its id, the beginning of its commit, or latest.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      SnapshotsCommand.ListAll.class,
      SnapshotsCommand.Show.class,
      SnapshotsCommand.Compare.class,
      SnapshotsCommand.Export.class
    })
final class SnapshotsCommand {
  /** How an export is written. */
  enum Format {
    json,
    csv
  }

  /** {@code capstan snapshots list}. */
  @Command(name = "list", description = "List a project's snapshots, newest first.")
  static final class ListAll implements Callable<Integer> {
    @Mixin private Common common = new Common();
    @Mixin private ProjectTarget project = new ProjectTarget();

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "20",
        description = "At most so many. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Override
    public Integer call() {
      try (Session session = common.open(false)) {
        List<SnapshotSummary> all =
            session.client().snapshots(project.resolve(session.client()), limit);
        if (common.json()) {
          common.print(all);
          return ExitCodes.OK;
        }
        Table table = new Table("SNAPSHOT", "MEASURED", "SUMMARY");
        all.forEach(one -> table.row(one.id(), one.measuredAt().toString(), one.summary()));
        table.lines().forEach(common.terminal()::line);
        return ExitCodes.OK;
      }
    }
  }

  /** {@code capstan snapshots show}. */
  @Command(name = "show", description = "Show one snapshot: what did not pass, and coverage.")
  static final class Show implements Callable<Integer> {
    @Mixin private Common common = new Common();
    @Mixin private ProjectTarget project = new ProjectTarget();

    @Parameters(
        arity = "0..1",
        paramLabel = "SNAPSHOT",
        defaultValue = "latest",
        description = "Which one. Default: ${DEFAULT-VALUE}.")
    private String snapshot = "";

    @Override
    public Integer call() {
      try (Session session = common.open(false)) {
        SnapshotView view = session.client().snapshot(project.resolve(session.client()), snapshot);
        if (common.json()) {
          common.print(view);
        } else {
          SnapshotText.lines(view).forEach(common.terminal()::line);
        }
        return ExitCodes.OK;
      }
    }
  }

  /** {@code capstan snapshots compare}. */
  @Command(name = "compare", description = "Show what differs between two snapshots.")
  static final class Compare implements Callable<Integer> {
    @Mixin private Common common = new Common();
    @Mixin private ProjectTarget project = new ProjectTarget();

    @Parameters(index = "0", paramLabel = "FROM", description = "The earlier one.")
    private String from = "";

    @Parameters(index = "1", paramLabel = "TO", description = "The later one.")
    private String to = "";

    @Override
    public Integer call() {
      try (Session session = common.open(false)) {
        SnapshotComparison comparison =
            session.client().compare(project.resolve(session.client()), from, to);
        if (common.json()) {
          common.print(comparison);
        } else {
          SnapshotText.lines(comparison).forEach(common.terminal()::line);
        }
        return ExitCodes.OK;
      }
    }
  }

  /** {@code capstan snapshots export}. */
  @Command(name = "export", description = "Write one snapshot as JSON or CSV.")
  static final class Export implements Callable<Integer> {
    @Mixin private Common common = new Common();
    @Mixin private ProjectTarget project = new ProjectTarget();

    @Parameters(
        arity = "0..1",
        paramLabel = "SNAPSHOT",
        defaultValue = "latest",
        description = "Which one. Default: ${DEFAULT-VALUE}.")
    private String snapshot = "";

    @Option(
        names = "--format",
        paramLabel = "FORMAT",
        defaultValue = "json",
        description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.json;

    @Option(
        names = {"-o", "--output"},
        paramLabel = "FILE",
        description = "Write it there. Default: print it.")
    private @Nullable Path output;

    @Override
    public Integer call() throws IOException {
      try (Session session = common.open(false)) {
        String name = project.resolve(session.client());
        String text =
            switch (format) {
              case json ->
                  Json.MAPPER.writeValueAsString(session.client().snapshot(name, snapshot));
              case csv -> session.client().snapshotCsv(name, snapshot);
            };
        if (output == null) {
          SnapshotText.exported(text).forEach(common.terminal()::line);
        } else {
          common.write(output, text);
        }
        return ExitCodes.OK;
      }
    }
  }
}
