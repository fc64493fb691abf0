package dev.capstan.cli.command;

import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that print a text about a run. */
final class Reading {
  private Reading() {}

  /** {@code capstan diff}. */
  @Command(
      name = "diff",
      description = "Print what a run's branch changes, or the last verified attempt of one step.")
  static final class Diff implements Callable<Integer> {
    @Mixin private Common common = new Common();
    @Mixin private RunTarget target = new RunTarget();

    @Parameters(
        index = "1",
        arity = "0..1",
        paramLabel = "STEP",
        defaultValue = "",
        description = "The step. Default: the whole branch.")
    private String step = "";

    @Override
    public Integer call() {
      try (Session session = common.open(false)) {
        String text = session.client().diff(target.resolve(session.client()), step);
        print(common, "diff", text);
        return ExitCodes.OK;
      }
    }
  }

  /** {@code capstan report}. */
  @Command(name = "report", description = "Print or write the report of a run, with its evidence.")
  static final class Report implements Callable<Integer> {
    @Mixin private Common common = new Common();
    @Mixin private RunTarget target = new RunTarget();

    @Option(names = "--html", description = "As a page instead of Markdown.")
    private boolean html;

    @Option(
        names = {"-o", "--output"},
        paramLabel = "FILE",
        description = "Write it there. Default: print it.")
    private @Nullable Path output;

    @Override
    public Integer call() throws IOException {
      try (Session session = common.open(false)) {
        String text =
            session.client().report(target.resolve(session.client()), html ? "html" : "md");
        if (output == null) {
          print(common, "report", text);
        } else {
          common.write(output, text);
        }
        return ExitCodes.OK;
      }
    }
  }

  private static void print(Common common, String name, String text) {
    if (common.json()) {
      common.print(Map.of(name, text));
    } else {
      text.lines().map(Terminal::visible).forEach(common.terminal()::line);
    }
  }
}
