package dev.capstan.cli.command;

import dev.capstan.api.CampaignView;
import dev.capstan.api.CreateCampaign;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.ErrorCode;
import dev.capstan.cli.session.ApiFailure;
import dev.capstan.cli.session.Client;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code capstan campaign}. */
@Command(
    name = "campaign",
    description = "One goal over many repositories, each by a run of its own.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      CampaignCommand.Run.class,
      CampaignCommand.All.class,
      CampaignCommand.Show.class,
      CampaignCommand.Follow.class,
      CampaignCommand.Count.class,
      CampaignCommand.Pause.class,
      CampaignCommand.Resume.class,
      CampaignCommand.Halt.class,
      CampaignCommand.Lift.class,
      CampaignCommand.Cancel.class,
      CampaignCommand.Report.class
    })
final class CampaignCommand {
  private CampaignCommand() {}

  /** {@code capstan campaign run}. */
  @Command(
      name = "run",
      description = "Begin a campaign and follow it. One repository's error stops no other.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  capstan campaign run targets.yaml --goal \"Remove unused imports\"",
        "  capstan campaign run targets.yaml --plan plan.yaml",
        "",
        "Exit codes: 0 every run completed or had nothing to do, 1 one failed or was refused, 3 a person is needed."
      })
  static final class Run implements Callable<Integer> {
    @Mixin private Common common = new Common();

    @Parameters(paramLabel = "FILE", description = "The targets, as YAML: see docs/campaigns.md.")
    private Path file = Path.of("targets.yaml");

    @Option(
        names = "--goal",
        paramLabel = "TEXT",
        defaultValue = "",
        description = "What is to be reached everywhere. Default: the goal of the file or plan.")
    private String goal = "";

    @Option(
        names = "--plan",
        paramLabel = "FILE",
        description = "The steps, the same for all. Default: planned by rules for each.")
    private @Nullable Path plan;

    @Option(
        names = "--tasks",
        paramLabel = "PATH",
        defaultValue = "",
        description = "A task list in each repository.")
    private String tasks = "";

    @Option(
        names = "--approve-plan",
        description = "Let a person approve each plan before work starts.")
    private boolean approvePlan;

    @Override
    public Integer call() throws IOException {
      TargetsFile.Read targets = TargetsFile.read(file);
      PlanFile.Read steps =
          plan == null ? new PlanFile.Read("", new PlanDocument(List.of())) : PlanFile.read(plan);
      String wanted =
          List.of(goal, targets.goal(), steps.goal(), tasks.isEmpty() ? "" : "Carry out " + tasks)
              .stream()
              .filter(one -> !one.isBlank())
              .findFirst()
              .orElseThrow(() ->
                  new ApiFailure(
                      ErrorCode.INVALID, "say what to do: --goal TEXT, or goal in " + file));
      String id = RunIds.next();
      return CampaignFollowing.follow(
          common,
          client -> {
            client.create(
                new CreateCampaign(
                    id,
                    wanted,
                    tasks,
                    attached(client, steps.plan()),
                    approvePlan,
                    targets.targets(),
                    targets.done()));
            return id;
          });
    }

    private PlanDocument attached(Client client, PlanDocument steps) {
      return plan == null
          ? steps
          : new Attachments(
                  client::upload,
                  Objects.requireNonNull(plan.toAbsolutePath().getParent()),
                  "",
                  Attachments.Origin.PLAN_FILE)
              .attach(steps);
    }
  }

  /** {@code capstan campaign list}. */
  @Command(name = "list", description = "List campaigns, newest first.")
  static final class All implements Callable<Integer> {
    @Mixin private Common common = new Common();

    @Override
    public Integer call() {
      try (Session session = common.open(false)) {
        List<CampaignView> campaigns = session.client().campaigns();
        if (common.json()) {
          common.print(campaigns);
          return ExitCodes.OK;
        }
        Table table = new Table("CAMPAIGN", "STATUS", "TARGETS", "GOAL");
        campaigns.forEach(
            one -> table.row(one.id(), one.status(), CampaignFollowing.states(one), one.goal()));
        table.lines().forEach(common.terminal()::line);
        return ExitCodes.OK;
      }
    }
  }

  /** What is done with one campaign: the newest one if none is named. */
  abstract static class OfOne implements Callable<Integer> {
    @Mixin private Common common = new Common();

    @Parameters(
        arity = "0..1",
        paramLabel = "CAMPAIGN",
        defaultValue = "",
        description = "The campaign. Default: the newest.")
    private String campaign = "";

    abstract CampaignView act(Client client, String id);

    @Override
    public Integer call() {
      try (Session session = common.open(false)) {
        CampaignView view = act(session.client(), id(session.client()));
        if (common.json()) {
          common.print(view);
        } else {
          CampaignFollowing.table(view).forEach(common.terminal()::line);
        }
        return ExitCodes.OK;
      }
    }

    Common common() {
      return common;
    }

    String id(Client client) {
      if (!campaign.isEmpty()) {
        return campaign;
      }
      return client.campaigns().stream()
          .map(CampaignView::id)
          .findFirst()
          .orElseThrow(() ->
              new ApiFailure(
                  ErrorCode.NOT_FOUND,
                  "there are no campaigns yet; capstan campaign run --help says how to begin one"));
    }
  }

  /** {@code capstan campaign show}. */
  @Command(name = "show", description = "Show where each repository stands.")
  static final class Show extends OfOne {
    @Override
    CampaignView act(Client client, String id) {
      return client.campaign(id);
    }
  }

  /** {@code capstan campaign follow}. */
  @Command(
      name = "follow",
      description =
          "Follow a campaign until nothing goes on by itself; one that was interrupted goes on.")
  static final class Follow extends OfOne {
    @Override
    CampaignView act(Client client, String id) {
      return client.campaign(id);
    }

    @Override
    public Integer call() {
      return CampaignFollowing.follow(common(), this::id);
    }
  }

  /** {@code capstan campaign count}. */
  @Command(
      name = "count",
      description = "Count what is left on each default branch, as the targets file says it.")
  static final class Count extends OfOne {
    @Override
    CampaignView act(Client client, String id) {
      return client.actOnCampaign(id, "count");
    }
  }

  /** {@code capstan campaign pause}. */
  @Command(name = "pause", description = "Hand out no more work of any of its runs.")
  static final class Pause extends OfOne {
    @Override
    CampaignView act(Client client, String id) {
      return client.actOnCampaign(id, "pause");
    }
  }

  /** {@code capstan campaign resume}. */
  @Command(name = "resume", description = "Let its runs go on.")
  static final class Resume extends OfOne {
    @Override
    CampaignView act(Client client, String id) {
      return client.actOnCampaign(id, "resume");
    }
  }

  /** {@code capstan campaign halt}. */
  @Command(
      name = "halt",
      description =
          "Emergency stop: end every process of its runs now; capstan campaign lift goes on.",
      footerHeading = "%nExamples:%n",
      footer = "  capstan campaign halt ID --json")
  static final class Halt extends OfOne {
    @Override
    CampaignView act(Client client, String id) {
      return client.actOnCampaign(id, "halt");
    }
  }

  /** {@code capstan campaign lift}. */
  @Command(
      name = "lift",
      description = "Let its runs go on that were halted.",
      footerHeading = "%nExamples:%n",
      footer = "  capstan campaign lift ID")
  static final class Lift extends OfOne {
    @Override
    CampaignView act(Client client, String id) {
      return client.actOnCampaign(id, "lift");
    }
  }

  /** {@code capstan campaign cancel}. */
  @Command(name = "cancel", description = "End its runs; what was delivered stays.")
  static final class Cancel extends OfOne {
    @Override
    CampaignView act(Client client, String id) {
      return client.actOnCampaign(id, "cancel");
    }
  }

  /** {@code capstan campaign report}. */
  @Command(name = "report", description = "Print the report of all its runs, in Markdown.")
  static final class Report extends OfOne {
    @Override
    CampaignView act(Client client, String id) {
      return client.campaign(id);
    }

    @Override
    public Integer call() {
      try (Session session = common().open(false)) {
        common()
            .terminal()
            .line(session.client().campaignReport(id(session.client())).stripTrailing());
        return ExitCodes.OK;
      }
    }
  }
}
