package dev.capstan.cli.command;

import dev.capstan.api.ContextView;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code capstan context}. */
@Command(
    name = "context",
    description =
        "Print what a model should read for a goal: a map of likely files and pieces of them, within a budget of tokens.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  capstan context retry a failed push with a longer wait",
      "  capstan context --tokens 8000 rename the lease of a task > context.md"
    })
final class ContextCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();
  @Mixin private TreeTarget target = new TreeTarget();

  @Parameters(arity = "1..*", paramLabel = "WORD", description = "The goal.")
  private List<String> words = new ArrayList<>();

  @Option(
      names = "--tokens",
      paramLabel = "N",
      defaultValue = "2000",
      description = "At most so many. Default: ${DEFAULT-VALUE}.")
  private int tokens;

  @Override
  public Integer call() {
    try (Session session = common.open(false)) {
      ContextView context =
          session
              .client()
              .context(
                  target.project(session.client()),
                  Map.of(
                      "q", List.of(String.join(" ", words)),
                      "tree", List.of(target.tree()),
                      "tokens", List.of(String.valueOf(tokens))));
      if (common.json()) {
        common.print(context);
      } else {
        context.text().lines().map(Terminal::visible).forEach(common.terminal()::line);
      }
      return ExitCodes.OK;
    }
  }
}
