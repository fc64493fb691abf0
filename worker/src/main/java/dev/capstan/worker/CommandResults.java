package dev.capstan.worker;

import dev.capstan.verification.Reports.CommandResult;
import dev.capstan.verification.Reports.CommandResult.Ending;
import dev.capstan.workspace.toolchain.ExitCode;
import dev.capstan.workspace.toolchain.ToolCommand;
import java.time.Duration;
import java.util.List;

/** What several commands in a row come to. */
final class CommandResults {
  private CommandResults() {}

  /** True if what follows makes no sense any more. */
  static boolean stops(ToolCommand command, CommandResult result) {
    return switch (result.ending()) {
      case Ending.Ended(var code) -> code != 0 && command.exitCode() == ExitCode.TELLS_BUILD;
      case Ending.TimedOut _, Ending.NotStarted _ -> true;
    };
  }

  /** One result for all: the first that did not end well, else the last; the time of all. */
  static CommandResult together(List<CommandResult> results) {
    CommandResult telling =
        results.stream()
            .filter(result -> !endedWell(result))
            .findFirst()
            .orElseGet(results::getLast);
    Duration took = results.stream().map(CommandResult::took).reduce(Duration.ZERO, Duration::plus);
    return new CommandResult(telling.ending(), took, telling.lastLines());
  }

  private static boolean endedWell(CommandResult result) {
    return result.ending() instanceof Ending.Ended(int code) && code == 0;
  }

  static String inWords(List<String> argv, CommandResult result) {
    String command = String.join(" ", argv);
    return switch (result.ending()) {
      case Ending.Ended(var code) -> command + " ended with exit code " + code + lastWords(result);
      case Ending.TimedOut(var limit) ->
          command + " was still running after " + limit.toSeconds() + " s";
      case Ending.NotStarted(var reason) -> command + ": " + reason;
    };
  }

  private static String lastWords(CommandResult result) {
    return result.lastLines().isEmpty() ? "" : ", its last line: " + result.lastLines().getLast();
  }
}
