package dev.capstan.cli.command;

import dev.capstan.api.AnalyseSubject;
import dev.capstan.api.AnalysisView;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code capstan analyse}. */
@Command(
    name = "analyse",
    description =
        "Say what of a part of a project fits together, what is missing and what is risky, each with the places that show it.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  capstan analyse src/main/java/shop         by rules, in Markdown",
      "  capstan analyse 'src/**/*.go' --json       a glob; also a package, such as org.shop.till",
      "  capstan analyse shop.till --model small    with what a model adds and can show",
      "  capstan analyse shop.till --dry-run        what a model would be asked, byte for byte"
    })
final class AnalyseCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();
  @Mixin private TreeTarget target = new TreeTarget();

  @Parameters(
      arity = "0..1",
      paramLabel = "SUBSYSTEM",
      defaultValue = "",
      description = "A file, a folder, a glob or a package. Default: the whole tree.")
  private String subject = "";

  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Have this model add claims; those that do not hold are dropped and counted.")
  private String model = "";

  @Option(
      names = "--tokens",
      paramLabel = "N",
      defaultValue = "8000",
      description =
          "Of documents and code, the model reads so many at most. Default: ${DEFAULT-VALUE}.")
  private int tokens;

  @Option(names = "--dry-run", description = "Print what a model would be asked, and ask none.")
  private boolean dryRun;

  @Override
  public Integer call() {
    try (Session session = common.open(false)) {
      AnalysisView found =
          session
              .client()
              .analyse(
                  target.project(session.client()),
                  new AnalyseSubject(subject, target.tree(), model, tokens, dryRun));
      if (common.json()) {
        common.print(found);
      } else {
        String text = dryRun ? found.prompt().text() : found.text();
        text.lines().map(Terminal::visible).forEach(common.terminal()::line);
      }
      return ExitCodes.OK;
    }
  }
}
