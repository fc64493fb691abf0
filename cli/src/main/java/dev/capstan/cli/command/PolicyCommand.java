package dev.capstan.cli.command;

import dev.capstan.api.PolicyChoice;
import dev.capstan.api.PolicyPackView;
import dev.capstan.api.PolicyView;
import dev.capstan.api.PolicyView.ValueView;
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

/** {@code capstan policy}. */
@Command(
    name = "policy",
    description = "Show which rules hold for a project, and choose them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {PolicyCommand.Show.class, PolicyCommand.Packs.class, PolicyCommand.Set.class})
final class PolicyCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();

  /** Without a subcommand it shows what holds where nothing is said. */
  @Override
  public Integer call() {
    try (Session session = common.open(false)) {
      print(common, session.client().policy("", ""));
      return ExitCodes.OK;
    }
  }

  /** {@code capstan policy show}. */
  @Command(
      name = "show",
      description = "Print each value that holds for a project, and where it comes from.")
  static final class Show implements Callable<Integer> {
    @Mixin private Common common = new Common();

    @Parameters(
        arity = "0..1",
        paramLabel = "PROJECT",
        defaultValue = "",
        description = "The project. Default: one that nobody has named.")
    private String project = "";

    @Option(
        names = "--repo",
        paramLabel = "PATH_OR_URL",
        defaultValue = "",
        description = "The repository, instead of a project.")
    private String repository = "";

    @Override
    public Integer call() {
      String source =
          repository.isEmpty() || repository.contains(":")
              ? repository
              : Path.of(repository).toAbsolutePath().normalize().toString();
      try (Session session = common.open(false)) {
        print(common, session.client().policy(project, source));
        return ExitCodes.OK;
      }
    }
  }

  /** {@code capstan policy list}. */
  @Command(name = "list", description = "List the policy packs.")
  static final class Packs implements Callable<Integer> {
    @Mixin private Common common = new Common();

    @Override
    public Integer call() {
      try (Session session = common.open(false)) {
        List<PolicyPackView> packs = session.client().policyPacks();
        if (common.json()) {
          common.print(packs);
          return ExitCodes.OK;
        }
        Table table = new Table("PACK", "VERSION", "WHAT IT IS FOR");
        packs.forEach(
            pack -> table.row(pack.name(), String.valueOf(pack.version()), pack.summary()));
        table.lines().forEach(common.terminal()::line);
        return ExitCodes.OK;
      }
    }
  }

  /** {@code capstan policy set}. */
  @Command(
      name = "set",
      description = "Choose the pack of a project, or with --default of all that have none.")
  static final class Set implements Callable<Integer> {
    @Mixin private Common common = new Common();

    @Parameters(arity = "1..2", paramLabel = "[PROJECT] PACK", description = "As said above.")
    private List<String> words = List.of();

    @Option(names = "--default", description = "For every project that has no pack of its own.")
    private boolean usual;

    @Override
    public Integer call() {
      if (words.size() != (usual ? 1 : 2)) {
        common.terminal().line("Give PROJECT and PACK, or --default and PACK.");
        return 2;
      }
      try (Session session = common.open(false)) {
        PolicyChoice choice = new PolicyChoice(usual ? "" : words.getFirst(), words.getLast());
        print(common, session.client().choosePolicy(choice));
        return ExitCodes.OK;
      }
    }
  }

  private static void print(Common common, PolicyView policy) {
    if (common.json()) {
      common.print(policy);
      return;
    }
    Terminal terminal = common.terminal();
    terminal.line(
        (policy.project().isEmpty() ? "every project without a pack" : policy.project())
            + "  "
            + terminal.bold(Terminal.visible(policy.pack()) + " version " + policy.version()));
    for (ValueView value : policy.values()) {
      terminal.line(
          "  %-20s %s  %s"
              .formatted(
                  value.setting(),
                  Terminal.visible(value.value()),
                  terminal.faint(Terminal.visible(origin(value)))));
    }
    if (!policy.note().isEmpty()) {
      terminal.line(terminal.yellow(Terminal.visible(policy.note())));
    }
  }

  private static String origin(ValueView value) {
    return value.from()
        + (value.notLoosened().isEmpty()
            ? ""
            : "; not loosened by " + String.join(", ", value.notLoosened()));
  }
}
