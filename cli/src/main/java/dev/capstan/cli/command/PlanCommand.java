package dev.capstan.cli.command;

import dev.capstan.api.CreateRun.EngineDocument;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.CreateRun.StepDocument;
import dev.capstan.api.ErrorCode;
import dev.capstan.api.EstimatePlan;
import dev.capstan.api.GoalFinding;
import dev.capstan.api.StepEstimate;
import dev.capstan.api.StepGuess;
import dev.capstan.cli.session.ApiFailure;
import dev.capstan.cli.view.Table;
import dev.capstan.cli.view.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code capstan plan}. */
@Command(
    name = "plan",
    description =
        "Show the plan that a run would carry out, checked as a run checks it, and change nothing.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  capstan plan --repo . --goal \"Migrate to JUnit 5 and remove unused imports\"",
      "  capstan plan --repo . --goal \"Raise the coverage of package shop\" -- ./cover.sh {file} {test}",
      "  capstan plan --repo . --goal \"Upgrade to Java 21\" --write plan.yaml --edit",
      "  capstan plan --repo . --goal \"Let customers pay by invoice\" --planner small --write plan.yaml",
      "  capstan plan --repo . --plan plan.yaml"
    })
final class PlanCommand implements Callable<Integer> {
  private static final int LONGEST_LINES = 80;

  @Mixin private Common common = new Common();
  @Mixin private Wish wish = new Wish();

  @Option(
      names = "--write",
      paramLabel = "FILE",
      description = "Write the plan as YAML, to be edited and given to --plan.")
  private @Nullable Path write;

  @Option(
      names = "--edit",
      description = "Open the written plan in $VISUAL or $EDITOR, and show what it is then.")
  private boolean edit;

  @Override
  public Integer call() throws IOException {
    Wish.Resolved resolved = wish.resolve();
    if (edit && write == null) {
      throw new ApiFailure(ErrorCode.INVALID, "--edit needs a file to edit: give --write FILE too");
    }
    try (var session = common.open(false)) {
      if (write == null) {
        resolved = resolved.proposed(session.client(), wish.project(), wish.base(), common::note);
      } else {
        resolved =
            written(
                resolved.planned(session.client(), wish.project(), wish.base(), common::note),
                write);
      }
      if (resolved.plan().steps().isEmpty()) {
        show(resolved, List.of());
        return ExitCodes.OK;
      }
      PlanDocument named = session.client().check(resolved.named());
      show(
          resolved,
          session.client().estimates(new EstimatePlan(wish.project(), resolved.source(), named)));
    }
    return ExitCodes.OK;
  }

  /** A plan document, and what may be expected of its steps beside it. */
  private record Shown(
      List<StepDocument> steps,
      List<StepEstimate> estimates,
      List<GoalFinding> findings,
      List<StepGuess> guesses) {}

  private void show(Wish.Resolved resolved, List<StepEstimate> estimates) {
    if (common.json()) {
      common.print(
          new Shown(resolved.plan().steps(), estimates, resolved.found(), resolved.guesses()));
      return;
    }
    resolved.found().forEach(this::show);
    if (!resolved.plan().steps().isEmpty()) {
      show(resolved.plan(), estimates);
      guessed(resolved.guesses());
    }
  }

  private void guessed(List<StepGuess> guesses) {
    if (guesses.isEmpty()) {
      return;
    }
    Table table = new Table("STEP", "TOKENS", "DOLLARS", "TIME", "CONFIDENCE");
    guesses.forEach(guess ->
        table.row(
            guess.step(),
            String.valueOf(guess.tokens()),
            guess.dollars(),
            guess.seconds() + " s",
            guess.confidence() + " %"));
    common.terminal().line("\nWhat the planner guesses (nothing of it was measured):");
    table.lines().forEach(common.terminal()::line);
  }

  private void show(GoalFinding found) {
    String lines =
        found.lines().length() <= LONGEST_LINES
            ? found.lines()
            : found.lines().substring(0, LONGEST_LINES) + "…";
    common
        .terminal()
        .line(
            Terminal.visible(
                "%s: %s (%s, lines %s)".formatted(found.kind(), found.why(), found.file(), lines)));
  }

  private void show(PlanDocument plan, List<StepEstimate> estimates) {
    Table table = new Table("STEP", "KIND", "AFTER", "SCOPE", "ENGINE", "TITLE");
    for (StepDocument step : plan.steps()) {
      table.row(
          step.id(),
          step.kind().isEmpty() ? "change" : step.kind(),
          String.join(" ", step.after()),
          step.scope().isEmpty() ? "all files" : String.join(" ", step.scope()),
          step.engines().isEmpty() ? "none" : inWords(step.engines().getFirst()),
          step.title());
    }
    table.lines().forEach(common.terminal()::line);
    Table expected = new Table("STEP", "TIME", "FROM", "CONFIDENCE", "FROM");
    for (StepEstimate step : estimates) {
      expected.row(
          step.step(),
          orUnknown(step.seconds(), " s"),
          step.secondsFrom(),
          orUnknown(step.confidence(), " %"),
          step.confidenceFrom());
    }
    common.terminal().line("");
    expected.lines().forEach(common.terminal()::line);
  }

  private static String orUnknown(@Nullable Number figure, String unit) {
    return figure == null ? "unknown" : figure + unit;
  }

  private Wish.Resolved written(Wish.Resolved resolved, Path file) throws IOException {
    Files.writeString(file, PlanFile.text(resolved.goal(), resolved.plan()));
    common.note("written to " + file.toAbsolutePath());
    if (!edit) {
      return resolved;
    }
    new Editor(System.getenv()).edit(file);
    return resolved.with(PlanFile.read(file));
  }

  private static String inWords(EngineDocument engine) {
    String arguments = String.join(" ", engine.arguments());
    return engine.engine().equals(EngineDocument.COMMAND)
        ? arguments
        : engine.engine() + ": " + arguments;
  }
}
