package dev.capstan.cli.command;

import dev.capstan.api.ChangedPlan;
import dev.capstan.api.ChangedPlan.PlacedStep;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.InjectSteps;
import dev.capstan.api.InjectSteps.Place;
import dev.capstan.cli.session.Client;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.Table;
import dev.capstan.cli.view.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code capstan inject}. */
@Command(
    name = "inject",
    description = "Add the steps of a plan to a run, and show what that changes.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  capstan inject RUN --plan more.yaml --preview",
      "  capstan inject RUN --plan more.yaml --before release-notes",
      "  capstan inject RUN --plan other-way.yaml --instead"
    })
final class InjectCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();
  @Mixin private RunTarget target = new RunTarget();

  @Option(
      names = "--plan",
      required = true,
      paramLabel = "FILE",
      description = "The steps, as YAML: see docs/plans.md. They may wait for steps of the run.")
  private @Nullable Path plan;

  @ArgGroup private PlaceOptions place = new PlaceOptions();

  @Option(names = "--preview", description = "Show what would change, and change nothing.")
  private boolean preview;

  @Option(
      names = "--if-version",
      paramLabel = "N",
      defaultValue = "0",
      description = "Do it only if the run is still at this version.")
  private long expectedVersion;

  /** At most one of them. */
  static final class PlaceOptions {
    @Option(
        names = "--before",
        paramLabel = "STEP",
        description = "Put them before a step that has not begun; it waits for them.")
    private @Nullable String before;

    @Option(
        names = "--after",
        paramLabel = "STEP",
        description = "Put them after a step; what waits for it waits for them too.")
    private @Nullable String after;

    @Option(
        names = "--instead",
        description = "Put them in place of every step that has not begun.")
    private boolean instead;

    InjectSteps steps(PlanDocument plan, boolean preview) {
      if (before != null) {
        return new InjectSteps(plan, Place.BEFORE, before, preview);
      }
      if (after != null) {
        return new InjectSteps(plan, Place.AFTER, after, preview);
      }
      return new InjectSteps(plan, instead ? Place.INSTEAD : Place.BY_PRIORITY, "", preview);
    }
  }

  @Override
  public Integer call() throws IOException {
    if (plan == null) {
      throw new IllegalStateException("picocli requires --plan");
    }
    PlanFile.Read read = PlanFile.read(plan);
    try (Session session = common.open(false)) {
      Client client = session.client();
      String run = target.resolve(client);
      PlanDocument steps = read.plan();
      if (!preview) {
        steps =
            new Attachments(
                    client::upload,
                    plan.toAbsolutePath().normalize().resolveSibling(""),
                    "",
                    Attachments.Origin.PLAN_FILE)
                .attach(steps);
      }
      show(client.inject(run, place.steps(steps, preview), expectedVersion));
    }
    return ExitCodes.OK;
  }

  private void show(ChangedPlan changed) {
    if (common.json()) {
      common.print(changed);
      return;
    }
    Table table = new Table("", "STEP", "STATUS", "AFTER", "PRIORITY", "CHANGE", "TITLE");
    for (PlacedStep step : changed.steps()) {
      table.row(
          mark(step.change()),
          step.id(),
          step.status(),
          String.join(" ", step.after()),
          step.priority() == 0 ? "" : String.valueOf(step.priority()),
          step.change(),
          Terminal.visible(step.title()));
    }
    table.lines().forEach(common.terminal()::line);
    common.note(changed.applied() ? "the plan was changed" : "a preview: nothing was changed");
  }

  private static String mark(String change) {
    return switch (change) {
      case "" -> " ";
      case "added" -> "+";
      case "given up" -> "-";
      default -> "~";
    };
  }
}
