package dev.capstan.cli.command;

import dev.capstan.api.ErrorCode;
import dev.capstan.cli.command.Scaffold.Draft;
import dev.capstan.cli.session.ApiFailure;
import dev.capstan.cli.view.Terminal;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code capstan init}. */
@Command(
    name = "init",
    description =
        "Write a configuration, a template of a plan and scripts for CI into a work tree. Shows them and asks first; a file that is there stays as it is.")
final class InitCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "The root of the work tree. Default: ${DEFAULT-VALUE}.")
  private Path folder = Path.of(".");

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Option(names = "--dry-run", description = "Show what would be written, and write nothing.")
  private boolean dryRun;

  /** What became of a file, for {@code --json}: new, written or kept. */
  record Outcome(String path, String state) {}

  @Override
  public Integer call() throws IOException {
    Path root = folder.toAbsolutePath().normalize();
    if (!Files.isDirectory(root)) {
      throw new ApiFailure(ErrorCode.INVALID, "there is no folder " + root);
    }
    Scaffold scaffold = new Scaffold(root);
    List<Draft> drafts = scaffold.drafts();
    if (!common.json()) {
      drafts.forEach(this::show);
    }
    List<Draft> fresh = drafts.stream().filter(draft -> !draft.isThere()).toList();
    boolean write = !dryRun && !fresh.isEmpty() && isWanted(fresh.size());
    if (write) {
      scaffold.write(fresh);
    }
    tell(drafts, write);
    return ExitCodes.OK;
  }

  private void show(Draft draft) {
    Terminal terminal = common.terminal();
    if (draft.isThere()) {
      terminal.line("= " + draft.path() + " is there and stays as it is");
      return;
    }
    terminal.line("--- /dev/null");
    terminal.line("+++ " + draft.path());
    draft
        .text()
        .lines()
        .forEach(line -> terminal.line(terminal.green("+" + Terminal.visible(line))));
  }

  @SuppressWarnings("SystemConsoleNull") // the declaration still allows null
  private boolean isWanted(int files) {
    if (yes) {
      return true;
    }
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      throw new ApiFailure(
          ErrorCode.INVALID, "nobody can be asked here: add --yes to write, or --dry-run");
    }
    String answer = console.readLine("Write %d files? [y/N] ", files);
    return answer != null && answer.strip().equalsIgnoreCase("y");
  }

  private void tell(List<Draft> drafts, boolean written) {
    List<Outcome> outcomes =
        drafts.stream()
            .map(draft ->
                new Outcome(draft.path(), draft.isThere() ? "kept" : written ? "written" : "new"))
            .toList();
    if (common.json()) {
      common.print(outcomes);
    } else {
      long count = outcomes.stream().filter(one -> one.state().equals("written")).count();
      common.terminal().line(count == 0 ? "nothing was written" : count + " files were written");
    }
  }
}
