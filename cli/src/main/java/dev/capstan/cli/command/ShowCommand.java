package dev.capstan.cli.command;

import dev.capstan.api.RunView;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.RunText;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code capstan show}. */
@Command(name = "show", description = "Show a run with its steps, attempts and evidence.")
final class ShowCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();
  @Mixin private RunTarget target = new RunTarget();

  @Override
  public Integer call() {
    try (Session session = common.open(false)) {
      RunView run = session.client().run(target.resolve(session.client()));
      if (common.json()) {
        common.print(run);
      } else {
        new RunText(common.terminal(), common.asOptions())
            .full(run, Instant.now())
            .forEach(common.terminal()::line);
      }
      return ExitCodes.OK;
    }
  }
}
