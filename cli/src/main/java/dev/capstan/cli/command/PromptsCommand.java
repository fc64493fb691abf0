package dev.capstan.cli.command;

import com.github.difflib.text.DiffRow;
import com.github.difflib.text.DiffRowGenerator;
import dev.capstan.api.AskModel;
import dev.capstan.api.ErrorCode;
import dev.capstan.cli.session.ApiFailure;
import dev.capstan.cli.view.Table;
import dev.capstan.cli.view.Terminal;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.engines.prompt.GoldenCase;
import dev.capstan.engines.prompt.GoldenCase.Recording;
import dev.capstan.engines.prompt.GoldenCheck;
import dev.capstan.engines.prompt.GoldenCheck.Checked;
import dev.capstan.engines.prompt.GoldenSet;
import dev.capstan.engines.prompt.PromptTemplate;
import dev.capstan.engines.prompt.Prompts;
import dev.capstan.engines.prompt.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/** {@code capstan prompts}; all but {@code record} without a server, a database or a network. */
@Command(
    name = "prompts",
    description =
        "What language models are asked, and whether it still works: see docs/prompts.md.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      PromptsCommand.ListAll.class,
      PromptsCommand.Show.class,
      PromptsCommand.Check.class,
      PromptsCommand.RecordAnswers.class,
      PromptsCommand.Accept.class,
      PromptsCommand.Compare.class
    })
final class PromptsCommand {
  /** Where prompts and golden sets are. */
  static final class Place {
    @Option(
        names = "--folder",
        paramLabel = "FOLDER",
        description =
            "Prompts of your own, and golden sets. Default: prompts, which may be missing.")
    private Path folder = Path.of("prompts");

    Prompts prompts() {
      return reading(() -> Prompts.in(folder));
    }

    PromptTemplate prompt(String name) {
      return prompts()
          .find(name)
          .map(Prompts.Entry::template)
          .orElseThrow(() ->
              invalid(
                  "there is no prompt \"%s\"; there are %s"
                      .formatted(
                          name,
                          prompts().all().stream().map(one -> one.template().name()).toList())));
    }

    GoldenSet golden(PromptTemplate prompt) {
      return new GoldenSet(folder, Prompts.roleOf(prompt.name()).orElseThrow());
    }

    List<GoldenCase> cases(PromptTemplate prompt) {
      return reading(() -> golden(prompt).cases());
    }

    private static <T> T reading(Callable<T> read) {
      try {
        return read.call();
      } catch (IllegalArgumentException mistake) {
        throw invalid(String.valueOf(mistake.getMessage()));
      } catch (Exception failure) {
        throw new IllegalStateException(failure);
      }
    }
  }

  private static ApiFailure invalid(String message) {
    return new ApiFailure(ErrorCode.INVALID, message);
  }

  /** {@code capstan prompts list}. */
  @Command(
      name = "list",
      description = "Show the prompts there are, with version and SHA-256.",
      footerHeading = "%nExamples:%n",
      footer = {"  capstan prompts list", "  capstan prompts list --folder ~/.capstan/prompts"})
  static final class ListAll implements Callable<Integer> {
    @Mixin private Common common = new Common();
    @Mixin private Place place = new Place();

    private record Listed(String name, String version, String sha256, String from) {}

    @Override
    public Integer call() {
      List<Listed> all =
          place.prompts().all().stream()
              .map(one ->
                  new Listed(
                      one.template().name(),
                      one.template().version(),
                      one.template().sha256(),
                      one.from()))
              .toList();
      if (common.json()) {
        common.print(all);
      } else {
        Table table = new Table("PROMPT", "VERSION", "SHA-256", "FROM");
        all.forEach(
            one -> table.row(one.name(), one.version(), one.sha256().substring(0, 12), one.from()));
        table.lines().forEach(common.terminal()::line);
      }
      return ExitCodes.OK;
    }
  }

  /** {@code capstan prompts show}. */
  @Command(
      name = "show",
      description = "Show a prompt with the words that are filled in.",
      footerHeading = "%nExamples:%n",
      footer = "  capstan prompts show coder > prompts/coder.md")
  static final class Show implements Callable<Integer> {
    @Mixin private Common common = new Common();
    @Mixin private Place place = new Place();

    @Parameters(paramLabel = "PROMPT", description = "Its name, such as coder.")
    private String name = "";

    @Override
    public Integer call() {
      PromptTemplate prompt = place.prompt(name);
      if (common.json()) {
        common.print(prompt);
      } else {
        common.terminal().line("version: " + prompt.version() + "\n---");
        prompt.text().lines().map(Terminal::visible).forEach(common.terminal()::line);
      }
      return ExitCodes.OK;
    }
  }

  /** {@code capstan prompts check}. */
  @Command(
      name = "check",
      description =
          "Compare what models answered to the prompts as they are now with what was accepted. No model is asked: where"
              + " nothing was recorded of this very prompt and model, the check did not run.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  capstan prompts check",
        "  capstan prompts check planner --folder prompts",
        "",
        "Exit codes: 0 all is as accepted, 1 something is not or did not run, 2 wrong usage."
      })
  static final class Check implements Callable<Integer> {
    @Mixin private Common common = new Common();
    @Mixin private Place place = new Place();

    @Parameters(
        paramLabel = "PROMPT",
        arity = "0..*",
        description = "Those to check. Default: those that have a golden set.")
    private List<String> names = new ArrayList<>();

    private record Report(Verdict verdict, List<Checked> cases) {}

    @Override
    public Integer call() {
      List<Checked> checked =
          prompts().stream()
              .flatMap(prompt -> GoldenCheck.of(prompt, place.cases(prompt)).stream())
              .toList();
      Verdict verdict = GoldenCheck.together(checked);
      if (common.json()) {
        common.print(new Report(verdict, checked));
      } else {
        checked.forEach(this::print);
        long passed = checked.stream().filter(one -> one.verdict() == Verdict.PASS).count();
        common.terminal().line(passed + " of " + checked.size() + " passed");
      }
      return verdict == Verdict.PASS ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private List<PromptTemplate> prompts() {
      if (!names.isEmpty()) {
        return names.stream().map(place::prompt).toList();
      }
      Prompts all = place.prompts();
      return Arrays.stream(Role.values())
          .map(all::of)
          .filter(prompt -> Files.isDirectory(place.golden(prompt).folder()))
          .toList();
    }

    private void print(Checked one) {
      Terminal terminal = common.terminal();
      String verdict =
          one.verdict() == Verdict.PASS
              ? terminal.green("PASS")
              : terminal.red(one.verdict().name());
      String words =
          String.join(" ", one.prompt(), one.caseName(), one.model()).strip()
              + (one.detail().isEmpty() ? "" : ": " + one.detail());
      terminal.line(verdict + "  " + Terminal.visible(words));
      Difference.of(one.expected(), one.actual())
          .forEach(line -> terminal.line("  " + Terminal.visible(line)));
    }
  }

  /** {@code capstan prompts record}. */
  @Command(
      name = "record",
      description =
          "Ask a model each case of a prompt's golden set and keep what it answers, where nothing was recorded of this very"
              + " prompt and model. It costs what the model costs, from the project's budget.",
      footerHeading = "%nExamples:%n",
      footer = "  capstan prompts record planner --model small --repo .")
  static final class RecordAnswers implements Callable<Integer> {
    @Mixin private Common common = new Common();
    @Mixin private Place place = new Place();

    @Parameters(paramLabel = "PROMPT", description = "Its name, such as planner.")
    private String name = "";

    @Option(names = "--model", paramLabel = "MODEL", required = true, description = "Who answers.")
    private String model = "";

    @Option(
        names = "--repo",
        paramLabel = "PATH_OR_URL",
        required = true,
        description = "The repository whose project pays.")
    private String repository = "";

    @Override
    public Integer call() {
      PromptTemplate prompt = place.prompt(name);
      List<Path> written = new ArrayList<>();
      try (var session = common.open(false)) {
        for (GoldenCase one : place.cases(prompt)) {
          if (one.recording(prompt, model).isEmpty()) {
            JsonNode answer = answer(session.client().ask(asked(prompt, one)).text());
            written.add(
                place.golden(prompt).record(one.name(), prompt, model, Instant.now(), answer));
          }
        }
      }
      if (common.json()) {
        common.print(written.stream().map(Path::toString).toList());
      } else {
        written.forEach(file -> common.terminal().line("written to " + file));
        common.terminal().line(written.size() + " recorded");
      }
      return ExitCodes.OK;
    }

    private AskModel asked(PromptTemplate prompt, GoldenCase one) {
      return new AskModel(
          "",
          Wish.source(repository),
          model,
          prompt.fill(one.texts()),
          one.texts().getOrDefault("schema", ""),
          prompt.label());
    }

    /** As JSON, if it is an object; else as it stands. */
    private static JsonNode answer(String text) {
      int open = text.indexOf('{');
      int close = text.lastIndexOf('}');
      try {
        return open < 0 || close < open
            ? StringNode.valueOf(text)
            : JsonMapper.shared().readTree(text.substring(open, close + 1));
      } catch (JacksonException words) {
        return StringNode.valueOf(text);
      }
    }
  }

  /** {@code capstan prompts accept}. */
  @Command(
      name = "accept",
      description =
          "From now on what was recorded of a prompt as it is now is what its golden set expects. Look at the diff of"
              + " the files before you commit them.",
      footerHeading = "%nExamples:%n",
      footer = "  capstan prompts accept planner --model small")
  static final class Accept implements Callable<Integer> {
    @Mixin private Common common = new Common();
    @Mixin private Place place = new Place();

    @Parameters(paramLabel = "PROMPT", description = "Its name, such as planner.")
    private String name = "";

    @Option(
        names = "--model",
        paramLabel = "MODEL",
        required = true,
        description = "Whose answers.")
    private String model = "";

    @Override
    public Integer call() {
      PromptTemplate prompt = place.prompt(name);
      List<Path> written = new ArrayList<>();
      for (GoldenCase one : place.cases(prompt)) {
        one.recording(prompt, model)
            .map(recording -> place.golden(prompt).accept(one.name(), model, recording.answer()))
            .ifPresent(written::add);
      }
      if (written.isEmpty()) {
        throw invalid("nothing was recorded of %s with %s".formatted(prompt.label(), model));
      }
      if (common.json()) {
        common.print(written.stream().map(Path::toString).toList());
      } else {
        written.forEach(file -> common.terminal().line("written to " + file));
      }
      return ExitCodes.OK;
    }
  }

  /** {@code capstan prompts compare}. */
  @Command(
      name = "compare",
      description = "Show what was recorded of two prompts or models side by side.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  capstan prompts compare planner@small planner@large",
        "  capstan prompts compare planner@small planner.terse@small"
      })
  static final class Compare implements Callable<Integer> {
    private static final int WIDTH = 58;

    @Mixin private Common common = new Common();
    @Mixin private Place place = new Place();

    @Parameters(index = "0", paramLabel = "PROMPT@MODEL", description = "On the left.")
    private String left = "";

    @Parameters(index = "1", paramLabel = "PROMPT@MODEL", description = "On the right.")
    private String right = "";

    private record Variant(PromptTemplate prompt, String model) {
      Optional<Recording> of(GoldenCase one) {
        return one.recording(prompt, model);
      }
    }

    private record Compared(String caseName, List<String> left, List<String> right) {}

    @Override
    public Integer call() {
      Variant first = variant(left);
      Variant second = variant(right);
      if (!Prompts.roleOf(first.prompt().name()).equals(Prompts.roleOf(second.prompt().name()))) {
        throw invalid("only prompts of one role have cases in common");
      }
      List<Compared> compared =
          place.cases(first.prompt()).stream()
              .map(one -> new Compared(one.name(), lines(first.of(one)), lines(second.of(one))))
              .toList();
      if (compared.isEmpty()) {
        throw invalid("there are no cases in " + place.golden(first.prompt()).folder());
      }
      if (common.json()) {
        common.print(compared);
      } else {
        compared.forEach(this::print);
      }
      boolean whole =
          compared.stream().noneMatch(one -> one.left().isEmpty() || one.right().isEmpty());
      return whole ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private Variant variant(String words) {
      int at = words.indexOf('@');
      if (at < 1 || at == words.length() - 1) {
        throw invalid("give a prompt and a model, such as planner@small, not \"" + words + '"');
      }
      return new Variant(place.prompt(words.substring(0, at)), words.substring(at + 1));
    }

    private static List<String> lines(Optional<Recording> recording) {
      return recording.map(one -> GoldenSet.lines(one.answer())).orElse(List.of());
    }

    private void print(Compared one) {
      Terminal terminal = common.terminal();
      terminal.line(
          Terminal.visible(one.caseName()) + (one.left().equals(one.right()) ? ": the same" : ""));
      row(left, right, " ");
      if (one.left().isEmpty() || one.right().isEmpty()) {
        terminal.line("  nothing was recorded of " + (one.left().isEmpty() ? left : right));
        return;
      }
      DiffRowGenerator rows = DiffRowGenerator.create().lineNormalizer(line -> line).build();
      for (DiffRow row : rows.generateDiffRows(one.left(), one.right())) {
        row(row.getOldLine(), row.getNewLine(), row.getTag() == DiffRow.Tag.EQUAL ? " " : "|");
      }
    }

    private void row(String leftCell, String rightCell, String mark) {
      String cell = cut(leftCell);
      common
          .terminal()
          .line(
              ("  " + cell + " ".repeat(WIDTH - cell.length()) + ' ' + mark + ' ' + cut(rightCell))
                  .stripTrailing());
    }

    private static String cut(String text) {
      String shown = Terminal.visible(text);
      return shown.length() > WIDTH ? shown.substring(0, WIDTH - 1) + '…' : shown;
    }
  }
}
