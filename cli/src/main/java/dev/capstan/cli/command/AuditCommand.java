package dev.capstan.cli.command;

import dev.capstan.api.AuditCheck;
import dev.capstan.api.AuditView;
import dev.capstan.api.ErrorCode;
import dev.capstan.cli.session.ApiFailure;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.Table;
import dev.capstan.cli.view.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code capstan audit}. */
@Command(
    name = "audit",
    description = "Say who did what, and what was refused; the oldest first.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  capstan audit --since 2026-11-01T00:00:00Z",
      "  capstan audit export --format csv > audit.csv",
      "  capstan audit verify"
    },
    subcommands = {AuditCommand.Export.class, AuditCommand.Verify.class})
final class AuditCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Option(
      names = "--after",
      paramLabel = "N",
      defaultValue = "0",
      description = "Go on after the entry of that number.")
  private long after;

  @Option(
      names = "--since",
      paramLabel = "MOMENT",
      defaultValue = "",
      description = "Not what was before, as 2026-11-30T18:00:00Z. Default: all.")
  private String since = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "At most so many. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Override
  public Integer call() {
    try (Session session = common.open(false)) {
      List<AuditView> entries = session.client().audit(after, since, limit).items();
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

  /** {@code capstan audit export}. */
  @Command(
      name = "export",
      description = "Print the whole audit as JSON lines or CSV.",
      footerHeading = "%nExample:%n",
      footer = "  capstan audit export --since 2026-11-01T00:00:00Z > audit.jsonl")
  static final class Export implements Callable<Integer> {
    @Mixin private Common common = new Common();

    @Option(
        names = "--since",
        paramLabel = "MOMENT",
        defaultValue = "",
        description = "Not what was before, as 2026-11-30T18:00:00Z. Default: all.")
    private String since = "";

    @Option(
        names = "--format",
        paramLabel = "FORMAT",
        defaultValue = "jsonl",
        description = "jsonl or csv. Default: ${DEFAULT-VALUE}.")
    private String format = "";

    @Override
    public Integer call() {
      try (Session session = common.open(false)) {
        session.client().exportAudit(since, format, System.out);
        return ExitCodes.OK;
      }
    }
  }

  /** {@code capstan audit verify}. */
  @Command(
      name = "verify",
      description = {
        "Say whether entries were changed or removed: each holds a hash of itself and of the one"
            + " before.",
        "Keep the position and hash that it prints: only they show that the end was cut off.",
        "With files that were exported as JSON lines, they are read, and no server is asked."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  capstan audit verify",
        "  capstan audit verify --kept 1024:9f86d081...",
        "  capstan audit verify audit-*.jsonl"
      })
  static final class Verify implements Callable<Integer> {
    @Mixin private Common common = new Common();

    @Option(
        names = "--kept",
        paramLabel = "POSITION:HASH",
        defaultValue = "",
        description = "What an earlier verify printed; it must still stand there.")
    private String kept = "";

    @Parameters(
        paramLabel = "FILE",
        arity = "0..*",
        description = "Exported as JSON lines, in the order of their entries.")
    private List<Path> files = List.of();

    @Override
    public Integer call() {
      if (!files.isEmpty()) {
        return verifyFiles();
      }
      try (Session session = common.open(false)) {
        AuditCheck check = session.client().checkAudit();
        boolean stands = kept.isEmpty() || stands(session);
        if (common.json()) {
          common.print(check);
        } else if (!check.whole()) {
          common.terminal().line("entry " + check.broken() + " does not follow the one before it");
        } else if (!stands) {
          common.terminal().line("what was kept is not there any more: " + kept);
        } else {
          common.terminal().line("whole: " + check.position() + ":" + check.hash());
        }
        return check.whole() && stands ? ExitCodes.OK : ExitCodes.FAILED;
      }
    }

    private int verifyFiles() {
      AuditFiles read = new AuditFiles();
      if (!kept.isEmpty()) {
        read.keep(position(), hash());
      }
      AuditFiles.Found found = read.read(files);
      if (common.json()) {
        common.print(found);
      } else {
        common.terminal().line(Terminal.visible(found.inWords()));
      }
      return found.whole() ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private long position() {
      if (!kept.matches("[1-9][0-9]{0,17}:[0-9a-f]{64}")) {
        throw new ApiFailure(
            ErrorCode.INVALID, "--kept is POSITION:HASH as an earlier verify printed it");
      }
      return Long.parseLong(kept.substring(0, kept.indexOf(':')));
    }

    private String hash() {
      return kept.substring(kept.indexOf(':') + 1);
    }

    private boolean stands(Session session) {
      long position = position();
      String hash = hash();
      return session.client().audit(position - 1, "", 1).items().stream()
          .anyMatch(one -> one.position() == position && one.hash().equals(hash));
    }
  }
}
