package dev.capstan.cli.command;

import dev.capstan.api.ErrorCode;
import dev.capstan.cli.command.CodemodCases.Tried;
import dev.capstan.cli.session.ApiFailure;
import dev.capstan.cli.view.Terminal;
import dev.capstan.core.evidence.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code capstan codemod}. */
@Command(
    name = "codemod",
    description = "Work on codemods: see docs/codemods.md.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = CodemodCommand.Test.class)
final class CodemodCommand {
  /** {@code capstan codemod test}: without a server, a database or a network. */
  @Command(
      name = "test",
      description =
          "Run codemods on the cases beside them: for x.js each folder x.test/CASE, with input.EXT, expected.EXT and,"
              + " if need be, case.yaml.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  capstan codemod test scripts/replace-call.js",
        "  capstan codemod test scripts",
        "",
        "Exit codes: 0 every case passed, 1 one did not or there was none, 2 no such file."
      })
  static final class Test implements Callable<Integer> {
    @Mixin private Common common = new Common();

    @Parameters(paramLabel = "PATH", description = "A codemod, or a folder of codemods.")
    private Path path = Path.of("");

    /** What is printed as JSON. */
    private record Report(Verdict verdict, List<Tried> cases) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
      List<Tried> tried = new ArrayList<>();
      for (Path script : scripts()) {
        tried.addAll(CodemodCases.of(script));
      }
      Verdict verdict = together(tried);
      if (common.json()) {
        common.print(new Report(verdict, tried));
      } else {
        tried.forEach(this::print);
        long passed = tried.stream().filter(one -> one.verdict() == Verdict.PASS).count();
        common.terminal().line(passed + " of " + tried.size() + " passed");
      }
      return verdict == Verdict.PASS ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private static Verdict together(List<Tried> tried) {
      if (tried.stream().anyMatch(one -> one.verdict() == Verdict.FAIL)) {
        return Verdict.FAIL;
      }
      return !tried.isEmpty() && tried.stream().allMatch(one -> one.verdict() == Verdict.PASS)
          ? Verdict.PASS
          : Verdict.DID_NOT_RUN;
    }

    private List<Path> scripts() throws IOException {
      if (Files.isRegularFile(path)) {
        return List.of(path);
      }
      if (!Files.isDirectory(path)) {
        throw new ApiFailure(ErrorCode.INVALID, "there is no " + path);
      }
      try (Stream<Path> all = Files.list(path)) {
        List<Path> scripts =
            all.filter(file -> file.toString().endsWith(".js") && Files.isRegularFile(file))
                .sorted()
                .toList();
        if (scripts.isEmpty()) {
          throw new ApiFailure(ErrorCode.INVALID, "there is no codemod, no file *.js, in " + path);
        }
        return scripts;
      }
    }

    private void print(Tried tried) {
      Terminal terminal = common.terminal();
      String verdict =
          tried.verdict() == Verdict.PASS
              ? terminal.green("PASS")
              : terminal.red(tried.verdict().name());
      String name = tried.codemod() + (tried.name().isEmpty() ? "" : " " + tried.name());
      String detail = tried.detail().isEmpty() ? "" : ": " + tried.detail();
      terminal.line(verdict + "  " + Terminal.visible(name + detail));
      tried.diff().forEach(line -> terminal.line("  " + Terminal.visible(line)));
    }
  }
}
