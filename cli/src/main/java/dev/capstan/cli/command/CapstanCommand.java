package dev.capstan.cli.command;

import dev.capstan.api.ErrorCode;
import dev.capstan.cli.session.ApiFailure;
import dev.capstan.cli.session.ConnectionLost;
import dev.capstan.cli.view.Terminal;
import dev.capstan.server.Failures;
import dev.capstan.server.Version;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.OptionSpec;

/** {@code capstan}, with all of its commands. */
@Command(
    name = "capstan",
    description =
        "Hauls a change through a code base and never slips back: a goal goes in, a verified pull request comes out.",
    versionProvider = CapstanCommand.Versions.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      PlanCommand.class,
      SpecCommand.class,
      CatalogueCommand.class,
      CodemodCommand.class,
      PromptsCommand.class,
      StatusCommand.class,
      ShowCommand.class,
      LogsCommand.class,
      Actions.Start.class,
      Actions.Approve.class,
      Actions.Reject.class,
      Actions.Retry.class,
      Actions.Skip.class,
      Actions.Answer.class,
      InjectCommand.class,
      Actions.StopAfter.class,
      Actions.GoOnAfter.class,
      Actions.Pause.class,
      ResumeCommand.class,
      Actions.Cancel.class,
      Actions.Instruct.class,
      Actions.Continue.class,
      Actions.Rerun.class,
      Actions.Next.class,
      Actions.Measure.class,
      Actions.Deliver.class,
      ForkCommand.class,
      HaltCommand.class,
      LiftCommand.class,
      RevertCommand.class,
      Reading.Diff.class,
      Reading.Report.class,
      EvidenceCommand.class,
      VerifyEvidenceCommand.class,
      KeyCommand.class,
      ProjectsCommand.class,
      CampaignCommand.class,
      TemplatesCommand.class,
      TriggersCommand.class,
      EventCommand.class,
      PolicyCommand.class,
      SnapshotsCommand.class,
      IndexCommand.class,
      SearchCommand.class,
      GraphCommand.class,
      CoverageCommand.class,
      ContextCommand.class,
      AnalyseCommand.class,
      RecipesCommand.class,
      MemoryCommand.class,
      WorldCommand.class,
      McpCommand.class,
      InitCommand.class,
      ServerCommand.class,
      WorkerCommand.class,
      LoginCommand.class,
      LogoutCommand.class,
      TokenCommand.class,
      GrantsCommand.class,
      OrganisationsCommand.class,
      ServersCommand.class,
      WorkersCommand.class,
      DutiesCommand.class,
      AuditCommand.class,
      BudgetCommand.class,
      DoctorCommand.class,
      AutoComplete.GenerateCompletion.class,
      HelpCommand.class
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0   done",
      "  1   the run failed",
      "  2   wrong usage or bad input",
      "  3   a person is needed",
      "  4   the run was cancelled",
      "  5   the token is missing, wrong, or does not allow it",
      "  6   not possible in the present state, or it changed meanwhile",
      "  7   not possible at the moment, such as a full disk",
      "  70  a fault of Capstan"
    })
public final class CapstanCommand {
  /** Parses and executes; returns the exit code. */
  public static int execute(String... arguments) {
    CommandLine commands = new CommandLine(new CapstanCommand());
    commands.getSubcommands().values().forEach(CapstanCommand::addHelp);
    return commands
        .setExecutionExceptionHandler((failure, line, _) -> explain(failure, line))
        .setUnmatchedOptionsArePositionalParams(false)
        .execute(arguments);
  }

  private static void addHelp(CommandLine command) {
    if (command.getCommandSpec().findOption("--help") == null) {
      command
          .getCommandSpec()
          .addOption(
              OptionSpec.builder("-h", "--help")
                  .usageHelp(true)
                  .description("Show this help and exit.")
                  .build());
    }
    command.getSubcommands().values().forEach(CapstanCommand::addHelp);
  }

  private static int explain(Exception failure, CommandLine line) {
    PrintWriter err = line.getErr();
    return switch (failure) {
      case ApiFailure refused -> say(err, refused.code(), refused.getMessage());
      case ConnectionLost lost -> say(err, ErrorCode.CAPACITY, lost.getMessage());
      case Exception other when Failures.code(other).isPresent() ->
          say(err, Failures.code(other).get(), other.getMessage());
      default -> {
        int code = say(err, ErrorCode.INTERNAL, "a fault of Capstan: " + failure);
        failure.printStackTrace(err);
        yield code;
      }
    };
  }

  private static int say(PrintWriter err, ErrorCode code, @Nullable String message) {
    err.println("capstan: " + Terminal.visible(String.valueOf(message)));
    err.flush();
    return code.exitCode();
  }

  static final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"capstan " + Version.CURRENT};
    }
  }
}
