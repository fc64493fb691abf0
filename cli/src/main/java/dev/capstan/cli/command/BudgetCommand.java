package dev.capstan.cli.command;

import dev.capstan.api.BudgetView;
import dev.capstan.api.BudgetView.Money;
import dev.capstan.api.ChangeBudget;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code capstan budget}. */
@Command(
    name = "budget",
    description = "Show and change what may be spent on language models.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  capstan budget show",
      "  capstan budget show run-20261130-abc",
      "  capstan budget set month-2026-11 --dollars 200",
      "  capstan budget top-up run-20261130-abc --dollars 5"
    },
    subcommands = {BudgetCommand.Show.class, BudgetCommand.Set.class, BudgetCommand.TopUp.class})
final class BudgetCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();

  /** Without a subcommand it shows them all. */
  @Override
  public Integer call() {
    return show(common, "");
  }

  private static int show(Common common, String prefix) {
    try (Session session = common.open(false)) {
      print(common, session.client().budgets(prefix));
      return ExitCodes.OK;
    }
  }

  private static int change(Common common, String account, ChangeBudget change) {
    if (change.tokens() < 0 && change.dollars().isEmpty()) {
      common.terminal().line("Give --tokens or --dollars, or both.");
      return 2;
    }
    try (Session session = common.open(false)) {
      print(common, List.of(session.client().changeBudget(account, change)));
      return ExitCodes.OK;
    }
  }

  private static void print(Common common, List<BudgetView> budgets) {
    if (common.json()) {
      common.print(budgets);
      return;
    }
    Table table = new Table("BUDGET", "STATE", "SPENT", "RESERVED", "LIMIT", "COST UNKNOWN");
    budgets.forEach(budget ->
        table.row(
            budget.account(),
            budget.state(),
            text(budget.spent()),
            text(budget.reserved()),
            text(budget.hard()),
            budget.unknown() == 0 ? "" : budget.unknown() + " calls"));
    table.lines().forEach(common.terminal()::line);
  }

  private static String text(Money money) {
    return "%,d tokens, $%s".formatted(money.tokens(), money.dollars());
  }

  /** {@code capstan budget show}. */
  @Command(name = "show", description = "Say what was spent of each budget.")
  static final class Show implements Callable<Integer> {
    @Mixin private Common common = new Common();

    @Parameters(
        arity = "0..1",
        paramLabel = "PREFIX",
        defaultValue = "",
        description = "Only those whose names begin so: step-, run-, project- or month-.")
    private String prefix = "";

    @Override
    public Integer call() {
      return show(common, prefix);
    }
  }

  /** What is changed. */
  static final class Wanted {
    @Parameters(paramLabel = "BUDGET", description = "Its name, as `capstan budget show` has it.")
    private String account = "";

    @Option(names = "--tokens", paramLabel = "N", defaultValue = "-1", description = "Tokens.")
    private long tokens;

    @Option(
        names = "--dollars",
        paramLabel = "AMOUNT",
        defaultValue = "",
        description = "US dollars, such as 12.50.")
    private String dollars = "";
  }

  /** {@code capstan budget set}. */
  @Command(name = "set", description = "Set the hard limit; the soft one keeps its share.")
  static final class Set implements Callable<Integer> {
    @Mixin private Common common = new Common();
    @Mixin private Wanted wanted = new Wanted();

    @Override
    public Integer call() {
      return change(common, wanted.account, new ChangeBudget(wanted.tokens, wanted.dollars, false));
    }
  }

  /** {@code capstan budget top-up}. */
  @Command(name = "top-up", description = "Add to the hard limit, so that work can go on.")
  static final class TopUp implements Callable<Integer> {
    @Mixin private Common common = new Common();
    @Mixin private Wanted wanted = new Wanted();

    @Override
    public Integer call() {
      return change(common, wanted.account, new ChangeBudget(wanted.tokens, wanted.dollars, true));
    }
  }
}
