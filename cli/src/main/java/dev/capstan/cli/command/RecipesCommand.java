package dev.capstan.cli.command;

import dev.capstan.api.AnalyseSubject;
import dev.capstan.api.AnalysisView;
import dev.capstan.api.AnalysisView.Claim;
import dev.capstan.cli.command.RecipeFile.Recipe;
import dev.capstan.cli.session.ApiFailure;
import dev.capstan.cli.session.Client;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.Table;
import dev.capstan.cli.view.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code capstan recipes}; all but {@code run} without a server. */
@Command(
    name = "recipes",
    description =
        "Analyses that are kept as files and run again, also as a check: see docs/knowledge.md.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RecipesCommand.ListAll.class,
      RecipesCommand.Show.class,
      RecipesCommand.Validate.class,
      RecipesCommand.Run.class
    })
final class RecipesCommand {
  /** Where recipes are. */
  static final class Place {
    @Option(
        names = "--folder",
        paramLabel = "FOLDER",
        description = "Where recipes are, *.yaml. Default: ${DEFAULT-VALUE}.")
    private Path folder = Path.of(".capstan", "recipes");
  }

  /** {@code capstan recipes list}. */
  @Command(name = "list", description = "Show the recipes there are.")
  static final class ListAll implements Callable<Integer> {
    @Mixin private Common common = new Common();
    @Mixin private Place place = new Place();

    @Override
    public Integer call() throws IOException {
      List<Recipe> all = new ArrayList<>();
      for (Path file : RecipeFile.in(place.folder)) {
        all.add(RecipeFile.read(file));
      }
      if (common.json()) {
        common.print(all);
      } else {
        Table table = new Table("RECIPE", "SUBJECTS", "ABOUT");
        all.forEach(one ->
            table.row(
                Terminal.visible(one.name()),
                String.valueOf(one.subjects().size()),
                Terminal.visible(one.description())));
        table.lines().forEach(common.terminal()::line);
      }
      return ExitCodes.OK;
    }
  }

  /** {@code capstan recipes show}. */
  @Command(name = "show", description = "Show what a recipe analyses.")
  static final class Show implements Callable<Integer> {
    @Mixin private Common common = new Common();
    @Mixin private Place place = new Place();

    @Parameters(paramLabel = "NAME", description = "The recipe.")
    private String name = "";

    @Override
    public Integer call() throws IOException {
      Recipe recipe = RecipeFile.find(place.folder, name);
      if (common.json()) {
        common.print(recipe);
        return ExitCodes.OK;
      }
      lines(recipe).map(Terminal::visible).forEach(common.terminal()::line);
      return ExitCodes.OK;
    }

    private static Stream<String> lines(Recipe recipe) {
      return Stream.of(
              Stream.of(recipe.name() + ": " + recipe.description()),
              recipe.subjects().stream().map(subject -> "  analyses  " + shown(subject)),
              Stream.of("  model     " + or(recipe.model(), "none")),
              Stream.of("  shows     " + or(String.join(", ", recipe.only()), "all")),
              Stream.of("  fails on  " + or(String.join(", ", recipe.failOn()), "nothing")))
          .flatMap(part -> part);
    }

    private static String or(String text, String instead) {
      return text.isEmpty() ? instead : text;
    }
  }

  /** {@code capstan recipes validate}. */
  @Command(
      name = "validate",
      description = "Read recipes, and say what is wrong with them.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  capstan recipes validate",
        "",
        "Exit codes: 0 all are sound, 1 one is not or there is none."
      })
  static final class Validate implements Callable<Integer> {
    @Mixin private Common common = new Common();
    @Mixin private Place place = new Place();

    /** Whether one is sound; what is wrong is "" then. */
    private record Validated(String recipe, String wrong) {}

    @Override
    public Integer call() throws IOException {
      List<Validated> all = new ArrayList<>();
      for (Path file : RecipeFile.in(place.folder)) {
        all.add(validated(file));
      }
      if (common.json()) {
        common.print(all);
      } else if (all.isEmpty()) {
        common.terminal().line("there is no recipe, no file *.yaml, in " + place.folder);
      } else {
        all.forEach(this::print);
      }
      boolean sound = !all.isEmpty() && all.stream().allMatch(one -> one.wrong().isEmpty());
      return sound ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private static Validated validated(Path file) throws IOException {
      try {
        return new Validated(RecipeFile.read(file).name(), "");
      } catch (ApiFailure mistake) {
        return new Validated(RecipeFile.name(file), String.valueOf(mistake.getMessage()));
      }
    }

    private void print(Validated one) {
      Terminal terminal = common.terminal();
      terminal.line(
          one.wrong().isEmpty()
              ? terminal.green("sound") + "  " + Terminal.visible(one.recipe())
              : terminal.red("wrong") + "  " + Terminal.visible(one.wrong()));
    }
  }

  /** {@code capstan recipes run}. */
  @Command(
      name = "run",
      description = "Analyse what a recipe says.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  capstan recipes run untested",
        "  capstan recipes run untested --project shop --json",
        "",
        "Exit codes: 0 done, 1 a claim is of a kind that the recipe fails on."
      })
  static final class Run implements Callable<Integer> {
    @Mixin private Common common = new Common();
    @Mixin private Place place = new Place();
    @Mixin private TreeTarget target = new TreeTarget();

    @Parameters(paramLabel = "NAME", description = "The recipe.")
    private String name = "";

    @Override
    public Integer call() throws IOException {
      Recipe recipe = RecipeFile.find(place.folder, name);
      try (Session session = common.open(false)) {
        Client client = session.client();
        String project = target.project(client);
        List<AnalysisView> found =
            recipe.subjects().stream()
                .map(subject ->
                    client.analyse(
                        project,
                        new AnalyseSubject(
                            subject, target.tree(), recipe.model(), recipe.tokens(), false)))
                .toList();
        if (common.json()) {
          common.print(found);
        } else {
          found.forEach(one -> print(one, recipe));
        }
        long failing = found.stream().flatMap(one -> kept(one, recipe.failOn())).count();
        return failing == 0 ? ExitCodes.OK : ExitCodes.FAILED;
      }
    }

    /** Whole as the server wrote it, unless the recipe wants only some kinds of claims. */
    private void print(AnalysisView found, Recipe recipe) {
      Terminal terminal = common.terminal();
      if (recipe.only().isEmpty()) {
        found.text().lines().map(Terminal::visible).forEach(terminal::line);
        return;
      }
      List<Claim> claims = kept(found, recipe.only()).toList();
      terminal.line(
          Terminal.visible(
              "# %s: %d of %d claims"
                  .formatted(shown(found.subject()), claims.size(), found.claims().size())));
      claims.forEach(claim -> {
        terminal.line(Terminal.visible("- %s: %s".formatted(claim.kind(), claim.text())));
        claim.evidence().forEach(id -> terminal.line("  - " + Terminal.visible(id)));
      });
      found.leftOut().forEach(line -> terminal.line(Terminal.visible(line)));
    }

    private static Stream<Claim> kept(AnalysisView found, List<String> kinds) {
      return found.claims().stream().filter(claim -> kinds.contains(claim.kind()));
    }
  }

  private static String shown(String subject) {
    return subject.isEmpty() ? "the whole tree" : subject;
  }
}
